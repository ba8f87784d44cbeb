using System.Security.Cryptography;
using Lambray.Aws;
using Lambray.Resources.ApiGateway;
using Lambray.Resources.ApiGateway.HttpApis;
using Lambray.Tracing.Segments;
using Route = Lambray.Resources.ApiGateway.HttpApis.Route;

namespace Lambray.Server.AwsFront.ExecuteApi.HttpApis;

/// <summary>A request on its way through an HTTP API.</summary>
/// <param name="Path">As the client wrote it, with the stage.</param>
/// <param name="Segments">Of the path without the stage, decoded.</param>
/// <param name="RequestId">API Gateway's own, which the client is told.</param>
sealed record HttpApiCall(
    HttpContext Http, HttpApi Api, Stage Stage, ApiConfiguration Configuration, string Path, IReadOnlyList<string> Segments, string RequestId, TraceHeader Trace, DateTimeOffset Received)
{
    const int RequestIdBytes = 11;

    public Route Route { get; init; } = new(null, null, null);

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Who was let in and how; null on routes that are open.</summary>
    public AuthorizedCaller? Caller { get; init; }

    public HttpRequest Request => Http.Request;

    /// <summary>Finds the stage that a path is for: the one that it begins with, else the one whose paths have no stage in them.</summary>
    /// <returns>Null when there is no such stage, or nothing has been deployed to it.</returns>
    public static HttpApiCall? Begin(HttpContext http, HttpApi api, string path)
    {
        var segments = PathTemplate.Split(path).Select(Uri.UnescapeDataString).ToArray();
        var named = segments is [var first, ..] ? api.Stages.GetValueOrDefault(first) : null;
        if ((named ?? api.Stages.GetValueOrDefault(Stage.Default)) is not { } stage || api.ServedBy(stage) is not { } configuration) return null;
        var received = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var trace = TraceHeader.Parse(http.Request.Headers[TraceHeader.Name]);
        // Only who cannot send the host name has to name this stage.
        if (named is { StageName: Stage.Default }) path = path[(path.IndexOf('/', 1) is var end and > 0 ? end : path.Length)..] is { Length: > 0 } rest ? rest : "/";
        return new HttpApiCall(
            http, api, stage, configuration, path, named is null ? segments : segments[1..], Convert.ToBase64String(RandomNumberGenerator.GetBytes(RequestIdBytes)),
            trace with { Root = trace.Root ?? TraceId.New(received) }, received);
    }

    /// <summary>With the route that is for it; null when none is.</summary>
    public HttpApiCall? Routed() => Configuration.Table.Find(Request.Method, Segments) is { } found ? this with { Route = found.Route, Parameters = found.Parameters } : null;

    /// <summary>What invokes a function, as the function's policy names it: <c>arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH</c>.</summary>
    public Arn SourceArn(AwsHome home) => home.Regional("execute-api", Route.RouteKey == Route.Default
        ? $"{Api.ApiId}/{Stage.StageName}/{Route.Default}"
        : $"{Api.ApiId}/{Stage.StageName}/{Route.RouteKey!.Split(' ')[0].Replace("ANY", "*", StringComparison.Ordinal)}{Route.RouteKey[Route.RouteKey.IndexOf(' ', StringComparison.Ordinal)..].TrimStart()}");

    /// <summary>What is asked for, as policies of authorizers and callers name it.</summary>
    public string InvokedArn(AwsHome home) => home.Regional("execute-api", $"{Api.ApiId}/{Stage.StageName}/{Request.Method}/{string.Join('/', Segments)}").ToString();
}
