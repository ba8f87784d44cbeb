using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Lambray.Resources.ApiGateway.HttpApis;

/// <summary>An HTTP API with all that belongs to it ("API Gateway HTTP APIs" in the Developer Guide). Each change makes another.</summary>
public sealed record HttpApi(string ApiId, ApiSettings Settings, DateTime CreatedDate)
{
    public ApiConfiguration Configuration { get; init; } = ApiConfiguration.Empty;

    public ImmutableSortedDictionary<string, Stage> Stages { get; init; } = ImmutableSortedDictionary<string, Stage>.Empty;

    public ImmutableSortedDictionary<string, Deployment> Deployments { get; init; } = ImmutableSortedDictionary<string, Deployment>.Empty;

    /// <summary>What was deployed, by deployment; of stages that follow each change it is the API itself.</summary>
    public ImmutableSortedDictionary<string, ApiConfiguration> Deployed { get; init; } = ImmutableSortedDictionary<string, ApiConfiguration>.Empty;

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>What a stage serves; null when nothing has been deployed to it.</summary>
    public ApiConfiguration? ServedBy(Stage stage) =>
        stage.AutoDeploy == true ? Configuration : stage.DeploymentId is { } deployment ? Deployed.GetValueOrDefault(deployment) : null;

    /// <summary>With a route, an integration and a stage that sends everything to one target.</summary>
    internal HttpApi QuicklyCreated(string target, string? routeKey, string? credentials, DateTime now)
    {
        var integration = Integration.OfNew(new Integration(null, FunctionUri.Find(target) is null ? "HTTP_PROXY" : "AWS_PROXY", target)
        {
            PayloadFormatVersion = FunctionUri.Find(target) is null ? "1.0" : "2.0",
            IntegrationMethod = FunctionUri.Find(target) is null ? "ANY" : null,
            CredentialsArn = credentials,
            ApiGatewayManaged = true,
        });
        var api = With(integration);
        return api.With(Route.OfNew(api, new Route(null, routeKey ?? Route.Default, $"integrations/{integration.IntegrationId}") { ApiGatewayManaged = true }))
            .With(Stage.OfNew(this, new Stage(Stage.Default) { AutoDeploy = true, ApiGatewayManaged = true }, now)).Redeployed(now);
    }

    public HttpApi With(Route route) => this with { Configuration = Configuration with { Routes = Configuration.Routes.SetItem(route.RouteId!, route) } };

    public HttpApi With(Integration integration) =>
        this with { Configuration = Configuration with { Integrations = Configuration.Integrations.SetItem(integration.IntegrationId!, integration) } };

    public HttpApi With(Authorizer authorizer) =>
        this with { Configuration = Configuration with { Authorizers = Configuration.Authorizers.SetItem(authorizer.AuthorizerId!, authorizer) } };

    public HttpApi With(Stage stage) => this with { Stages = Stages.SetItem(stage.StageName!, stage) };

    /// <summary>With what it is now kept under a deployment of its own.</summary>
    /// <exception cref="Aws.AwsException">There is no such stage, or it follows each change by itself.</exception>
    internal HttpApi Deploy(string? stageName, string? description, DateTime now, out Deployment deployment)
    {
        if (Configuration.Routes.IsEmpty) throw ApiGatewayErrors.BadRequest("At least one route is required before deploying the Api.");
        deployment = new Deployment(ApiIds.OfPart(), AutoDeployed: false, now, description);
        var deployed = this with { Deployments = Deployments.Add(deployment.DeploymentId, deployment), Deployed = Deployed.Add(deployment.DeploymentId, Configuration) };
        if (stageName is null) return deployed;
        if (!Stages.TryGetValue(stageName, out var stage)) throw ApiGatewayErrors.NotFound("Stage", stageName);
        return deployed.With(stage.Changed(deployed, new Stage(stageName) { DeploymentId = deployment.DeploymentId }, now));
    }

    /// <summary>With a new deployment for each stage that follows every change, in place of the one before.</summary>
    internal HttpApi Redeployed(DateTime now)
    {
        var api = this;
        foreach (var stage in Stages.Values.Where(stage => stage.AutoDeploy == true))
        {
            var deployment = new Deployment(ApiIds.OfPart(), AutoDeployed: true, now, "Automatic deployment triggered by changes to the Api configuration");
            var former = api.Deployments.GetValueOrDefault(stage.DeploymentId ?? "");
            api = api with { Deployments = (former is { AutoDeployed: true } ? api.Deployments.Remove(former.DeploymentId) : api.Deployments).Add(deployment.DeploymentId, deployment) };
            api = api.With(stage with { DeploymentId = deployment.DeploymentId, LastDeploymentStatusMessage = $"Successfully deployed stage with deployment ID '{deployment.DeploymentId}'" });
        }
        return api;
    }
}

/// <summary>What of an API is deployed: where its requests go, and who may send them.</summary>
public sealed record ApiConfiguration(
    ImmutableSortedDictionary<string, Route> Routes, ImmutableSortedDictionary<string, Integration> Integrations, ImmutableSortedDictionary<string, Authorizer> Authorizers,
    CorsConfiguration? Cors)
{
    public static readonly ApiConfiguration Empty = new(
        ImmutableSortedDictionary<string, Route>.Empty, ImmutableSortedDictionary<string, Integration>.Empty, ImmutableSortedDictionary<string, Authorizer>.Empty, null);

    RouteTable? table;

    /// <summary>Made when the first request comes; a copy with other routes makes its own.</summary>
    [JsonIgnore]
    public RouteTable Table => table is { } made && made.IsOf(Routes) ? made : table = new RouteTable(Routes);

    public Integration? IntegrationOf(Route route) => route.IntegrationId is { } id ? Integrations.GetValueOrDefault(id) : null;
}
