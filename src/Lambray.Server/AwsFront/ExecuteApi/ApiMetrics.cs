using System.Collections.Concurrent;
using Lambray.Resources.Metrics;

namespace Lambray.Server.AwsFront.ExecuteApi;

/// <summary>What CloudWatch is told of APIs ("Monitor CloudWatch metrics for HTTP APIs", "Amazon API Gateway dimensions and metrics" in the Developer Guide).</summary>
/// <remarks>HTTP APIs are known by their ids and REST APIs by their names; both as wholes and stage by stage. An average over all requests needs the zeros.</remarks>
sealed class ApiMetrics(MetricStore metrics, TimeProvider time)
{
    readonly ConcurrentDictionary<(string Name, string Api, string? Stage), ResourceMetrics> apis = [];

    /// <summary>Begins to time a request, which counts once it is answered.</summary>
    /// <param name="name">The dimension: <c>ApiId</c> or <c>ApiName</c>.</param>
    public TimedRequest Begin(HttpContext http, string name, string api)
    {
        var (request, began) = (new TimedRequest(time), time.GetTimestamp());
        http.Response.OnCompleted(() =>
        {
            var taken = time.GetElapsedTime(began);
            Count(Of(name, api, null), name == "ApiId", http.Response.StatusCode, taken, request.Integration);
            if (request.Stage is { } stage) Count(Of(name, api, stage), name == "ApiId", http.Response.StatusCode, taken, request.Integration);
            return Task.CompletedTask;
        });
        return request;
    }

    static void Count(ResourceMetrics of, bool isHttp, int status, TimeSpan taken, TimeSpan? integration)
    {
        of.Record("Count", 1, MetricUnit.Count);
        of.Record(isHttp ? "4xx" : "4XXError", status is >= 400 and < 500 ? 1 : 0, MetricUnit.Count);
        of.Record(isHttp ? "5xx" : "5XXError", status >= 500 ? 1 : 0, MetricUnit.Count);
        of.Record("Latency", taken.TotalMilliseconds, MetricUnit.Milliseconds);
        if (integration is { } ofIntegration) of.Record("IntegrationLatency", ofIntegration.TotalMilliseconds, MetricUnit.Milliseconds);
    }

    ResourceMetrics Of(string name, string api, string? stage) => apis.GetOrAdd((name, api, stage), key => new ResourceMetrics(
        metrics, "AWS/ApiGateway", [new MetricDimension(key.Name, key.Api), .. key.Stage is null ? [] : new[] { new MetricDimension("Stage", key.Stage) }], time));
}

/// <summary>One request of an API while it is served.</summary>
sealed class TimedRequest(TimeProvider time)
{
    /// <summary>Null until it is known; requests that no stage is for count for the API alone.</summary>
    public string? Stage { get; set; }

    /// <summary>How long the integration took; null when it was not asked.</summary>
    public TimeSpan? Integration { get; private set; }

    public async Task<T> IntegratedAsync<T>(Task<T> integration)
    {
        var began = time.GetTimestamp();
        var answer = await integration;
        Integration = time.GetElapsedTime(began);
        return answer;
    }
}
