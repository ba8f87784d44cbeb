using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Lambray.Resources.ApiGateway.RestApis;

/// <summary>A REST API with all that belongs to it ("API Gateway REST APIs" in the Developer Guide). Each change makes another.</summary>
public sealed record RestApi(RestApiSettings Settings)
{
    public ImmutableSortedDictionary<string, RestResource> Resources { get; init; } = ImmutableSortedDictionary<string, RestResource>.Empty;

    public ImmutableSortedDictionary<string, RestAuthorizer> Authorizers { get; init; } = ImmutableSortedDictionary<string, RestAuthorizer>.Empty;

    public ImmutableSortedDictionary<string, RestStage> Stages { get; init; } = ImmutableSortedDictionary<string, RestStage>.Empty;

    public ImmutableSortedDictionary<string, RestDeployment> Deployments { get; init; } = ImmutableSortedDictionary<string, RestDeployment>.Empty;

    /// <summary>What was deployed, by deployment.</summary>
    public ImmutableSortedDictionary<string, DeployedRestApi> Deployed { get; init; } = ImmutableSortedDictionary<string, DeployedRestApi>.Empty;

    [JsonIgnore]
    public string Id => Settings.Id!;

    internal static RestApi OfNew(RestApiSettings settings)
    {
        var root = new RestResource(ApiIds.OfApi(), null, null, "/");
        return new RestApi(settings) { Resources = ImmutableSortedDictionary<string, RestResource>.Empty.Add(root.Id, root) };
    }

    /// <exception cref="Aws.AwsException">NotFoundException.</exception>
    public RestResource Resource(string id) => Resources.GetValueOrDefault(id) ?? throw RestApiErrors.NotFound("Resource");

    /// <exception cref="Aws.AwsException">NotFoundException.</exception>
    public RestMethod Method(string resourceId, string httpMethod) => Resource(resourceId).Methods.GetValueOrDefault(httpMethod) ?? throw RestApiErrors.NotFound("Method");

    public RestApi With(RestResource resource) => this with { Resources = Resources.SetItem(resource.Id, resource) };

    public RestApi With(RestStage stage) => this with { Stages = Stages.SetItem(stage.StageName!, stage) };

    public RestApi With(string resourceId, RestMethod method)
    {
        var resource = Resource(resourceId);
        return With(resource with { Methods = resource.Methods.SetItem(method.HttpMethod!, method) });
    }

    /// <exception cref="Aws.AwsException">BadRequestException, ConflictException, NotFoundException.</exception>
    internal RestApi WithChild(string parentId, string? pathPart, out RestResource child)
    {
        var parent = Resource(parentId);
        if (pathPart is null || !RestResource.IsPathPart(pathPart))
            throw ApiGatewayErrors.BadRequest("Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.");
        if (parent.PathPart?.EndsWith("+}", StringComparison.Ordinal) == true) throw ApiGatewayErrors.BadRequest("Cannot create a child of a resource with a greedy path variable.");
        if (Resources.Values.Any(other => other.ParentId == parentId && other.PathPart == pathPart))
            throw ApiGatewayErrors.Conflict("Another resource with the same parent already has this name: " + pathPart);
        child = new RestResource(ApiIds.OfPart()[..6], parentId, pathPart, $"{parent.Path.TrimEnd('/')}/{pathPart}");
        return With(child);
    }

    /// <summary>Without a resource and all beneath it.</summary>
    internal RestApi Without(string resourceId)
    {
        if (Resource(resourceId).ParentId is null) throw ApiGatewayErrors.BadRequest("Root resource cannot be deleted");
        var api = this with { Resources = Resources.Remove(resourceId) };
        return Resources.Values.Where(resource => resource.ParentId == resourceId).Aggregate(api, (rest, child) => rest.Resources.ContainsKey(child.Id) ? rest.Without(child.Id) : rest);
    }

    /// <summary>With what it is now kept under a deployment of its own.</summary>
    /// <exception cref="Aws.AwsException">BadRequestException: there is nothing to deploy.</exception>
    internal RestApi Deploy(string? description, long now, out RestDeployment deployment)
    {
        var methods = Resources.Values.SelectMany(resource => resource.Methods.Values).ToList();
        if (methods.Count == 0) throw ApiGatewayErrors.BadRequest("The REST API doesn't contain any methods");
        if (methods.Any(method => method.MethodIntegration is null)) throw ApiGatewayErrors.BadRequest("No integration defined for method");
        deployment = new RestDeployment(ApiIds.OfPart()[..6], description, now);
        return this with
        {
            Deployments = Deployments.Add(deployment.Id, deployment),
            Deployed = Deployed.Add(deployment.Id, new DeployedRestApi(Resources, Authorizers)),
        };
    }
}

/// <summary>What of an API is deployed.</summary>
public sealed record DeployedRestApi(ImmutableSortedDictionary<string, RestResource> Resources, ImmutableSortedDictionary<string, RestAuthorizer> Authorizers)
{
    (PathTemplate Path, RestResource Resource)[]? ordered;

    /// <summary>The resource that says most of a path.</summary>
    /// <param name="segments">The parts of the path, decoded.</param>
    /// <returns>Null when none is for it.</returns>
    public (RestResource Resource, IReadOnlyDictionary<string, string> Parameters)? Find(IReadOnlyList<string> segments)
    {
        ordered ??= [.. Resources.Values.Select(resource => (PathTemplate.Parse(resource.Path), resource)).OrderBy(entry => entry.Item1)];
        foreach (var (path, resource) in ordered)
            if (path.Match(segments) is { } parameters) return (resource, parameters);
        return null;
    }
}
