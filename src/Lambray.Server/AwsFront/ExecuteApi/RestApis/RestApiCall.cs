using System.Security.Cryptography;
using Lambray.Aws;
using Lambray.Resources.ApiGateway;
using Lambray.Resources.ApiGateway.RestApis;
using Lambray.Tracing.Segments;

namespace Lambray.Server.AwsFront.ExecuteApi.RestApis;

/// <summary>A request on its way through a REST API.</summary>
/// <param name="Path">As the client wrote it, without the stage.</param>
/// <param name="ExtendedId">Of the request, beside its id.</param>
/// <param name="Trace">As it goes on from here.</param>
sealed record RestApiCall(
    HttpContext Http, RestApi Api, RestStage Stage, RestResource Resource, RestMethod Method, IReadOnlyDictionary<string, string> Parameters, string Path, string ExtendedId,
    TraceHeader Trace, DateTimeOffset Received)
{
    const int ExtendedIdBytes = 11;

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Null on methods that are open.</summary>
    public AuthorizedCaller? Caller { get; init; }

    public HttpRequest Request => Http.Request;

    public string RequestId => AwsCall.Of(Http).RequestId;

    public static string NewExtendedId() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(ExtendedIdBytes));

    /// <summary>The stage that a path begins with, and the rest of it.</summary>
    /// <returns>Null when there is no such stage.</returns>
    public static (RestStage Stage, DeployedRestApi Deployed, string Path)? FindStage(RestApi api, string path)
    {
        var end = path.IndexOf('/', 1);
        var name = Uri.UnescapeDataString(end < 0 ? path[1..] : path[1..end]);
        if (api.Stages.GetValueOrDefault(name) is not { DeploymentId: { } deployment } stage || api.Deployed.GetValueOrDefault(deployment) is not { } deployed) return null;
        return (stage, deployed, end < 0 ? "/" : path[end..]);
    }

    /// <summary>The parts of a path, decoded; a slash at its end makes no difference.</summary>
    public static string[] SegmentsOf(string path) => [.. PathTemplate.Split(path.Length > 1 ? path.TrimEnd('/') : path).Select(Uri.UnescapeDataString)];

    /// <summary>What is asked for, as policies of functions, authorizers and callers name it.</summary>
    public Arn MethodArn(AwsHome home) => home.Regional("execute-api", $"{Api.Id}/{Stage.StageName}/{Request.Method}{string.Join('/', SegmentsOf(Path).Prepend(""))}");

    /// <summary>The same with the path as the API has it, variables and all.</summary>
    public Arn SourceArn(AwsHome home) => home.Regional("execute-api", $"{Api.Id}/{Stage.StageName}/{Request.Method}{Resource.Path}");

    /// <summary>Whether a body of this type is bytes to the API.</summary>
    public bool IsBinary(string? contentType)
    {
        var type = contentType?.Split(';', ',')[0].Trim();
        return Api.Settings.BinaryMediaTypes?.Any(binary =>
            binary == "*/*" || (type is not null && (binary.Equals(type, StringComparison.OrdinalIgnoreCase) || (binary.EndsWith("/*", StringComparison.Ordinal) && type.StartsWith(binary[..^1], StringComparison.OrdinalIgnoreCase))))) == true;
    }
}
