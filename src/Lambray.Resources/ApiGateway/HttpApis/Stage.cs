using System.Text.RegularExpressions;

namespace Lambray.Resources.ApiGateway.HttpApis;

/// <summary>A deployment of an API under a name of its own, which is the first part of its paths; null is what was not said.</summary>
public sealed partial record Stage(string? StageName)
{
    /// <summary>The one whose paths have no stage in them.</summary>
    public const string Default = "$default";

    public string? DeploymentId { get; init; }

    /// <summary>Whether each change of the API is there at once.</summary>
    public bool? AutoDeploy { get; init; }

    public string? Description { get; init; }

    public string? ClientCertificateId { get; init; }

    public IReadOnlyDictionary<string, string>? StageVariables { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public AccessLogSettings? AccessLogSettings { get; init; }

    public RouteSettings? DefaultRouteSettings { get; init; }

    public IReadOnlyDictionary<string, RouteSettings>? RouteSettings { get; init; }

    public DateTime? CreatedDate { get; init; }

    public DateTime? LastUpdatedDate { get; init; }

    public string? LastDeploymentStatusMessage { get; init; }

    public bool? ApiGatewayManaged { get; init; }

    internal static Stage OfNew(HttpApi api, Stage asked, DateTime now)
    {
        if (asked.StageName is null || !NameRegex().IsMatch(asked.StageName)) throw ApiGatewayErrors.BadRequest("Stage name only allows a-zA-Z0-9_- and $default");
        if (api.Stages.ContainsKey(asked.StageName)) throw ApiGatewayErrors.Conflict("Stage already exists");
        return new Stage(asked.StageName)
        {
            CreatedDate = now,
            DefaultRouteSettings = new RouteSettings { DetailedMetricsEnabled = false },
            RouteSettings = new Dictionary<string, RouteSettings>(),
            StageVariables = new Dictionary<string, string>(),
            Tags = asked.Tags ?? new Dictionary<string, string>(),
            ApiGatewayManaged = asked.ApiGatewayManaged,
        }.Changed(api, asked, now);
    }

    internal Stage Changed(HttpApi api, Stage asked, DateTime now)
    {
        if (asked.DeploymentId is { } deployment && !api.Deployments.ContainsKey(deployment)) throw ApiGatewayErrors.BadRequest("Deployment does not exist");
        if (asked.DeploymentId is not null && (asked.AutoDeploy ?? AutoDeploy) == true)
            throw ApiGatewayErrors.BadRequest("Deployment ID cannot be set on stage " + StageName + " because AutoDeploy is enabled");
        return this with
        {
            DeploymentId = asked.DeploymentId ?? DeploymentId,
            AutoDeploy = asked.AutoDeploy ?? AutoDeploy,
            Description = asked.Description ?? Description,
            ClientCertificateId = asked.ClientCertificateId ?? ClientCertificateId,
            StageVariables = asked.StageVariables ?? StageVariables,
            AccessLogSettings = asked.AccessLogSettings ?? AccessLogSettings,
            DefaultRouteSettings = asked.DefaultRouteSettings ?? DefaultRouteSettings,
            RouteSettings = asked.RouteSettings ?? RouteSettings,
            LastUpdatedDate = now,
        };
    }

    [GeneratedRegex(@"^(\$default|[a-zA-Z0-9_-]{1,128})\z")]
    private static partial Regex NameRegex();
}

/// <summary>Where each request would be told of; kept for tools that set it.</summary>
public sealed record AccessLogSettings(string? DestinationArn, string? Format);

/// <summary>Limits and metrics of a stage or of one of its routes; kept for tools that set them.</summary>
public sealed record RouteSettings
{
    public bool? DetailedMetricsEnabled { get; init; }

    public bool? DataTraceEnabled { get; init; }

    public string? LoggingLevel { get; init; }

    public int? ThrottlingBurstLimit { get; init; }

    public double? ThrottlingRateLimit { get; init; }
}

/// <summary>An API as it was at one time.</summary>
/// <param name="AutoDeployed">Whether a stage that follows each change has made it.</param>
public sealed record Deployment(string DeploymentId, bool AutoDeployed, DateTime CreatedDate, string? Description)
{
    public string DeploymentStatus { get; init; } = "DEPLOYED";
}
