using System.Text.Json;
using Lambray.Aws;
using Lambray.Functions.Invocation;
using Lambray.Resources.ApiGateway.RestApis;
using Lambray.Server.AwsFront.HttpEvents;
using Lambray.Tracing.Sampling;
using Lambray.Tracing.Segments;
using Microsoft.AspNetCore.Http.Extensions;

namespace Lambray.Server.AwsFront.ExecuteApi.RestApis;

/// <summary>The segment of one request that a traced stage writes ("Understand AWS X-Ray traces for Amazon API Gateway APIs").</summary>
sealed class StageTrace
{
    const string Origin = "AWS::ApiGateway::Stage";

    readonly HttpContext http;
    readonly RestApi api;
    readonly RestStage stage;
    readonly TraceHeader incoming;
    readonly DateTimeOffset received;
    readonly string? rule;
    readonly SegmentId id = SegmentId.New();
    readonly SegmentId call = SegmentId.New();
    Subsegment? invocation;

    StageTrace(HttpContext http, RestApi api, RestStage stage, TraceHeader incoming, DateTimeOffset received, string? rule) =>
        (this.http, this.api, this.stage, this.incoming, this.received, this.rule) = (http, api, stage, incoming, received, rule);

    /// <summary>The header that authorizers and web servers are sent.</summary>
    public TraceHeader Header => incoming with { Parent = id, Sampled = SamplingDecision.Sampled };

    /// <summary>The header that the function is sent: what it records lies beneath the call.</summary>
    public TraceHeader CallHeader => Header with { Parent = call };

    /// <param name="header">As the client sent it, with a root.</param>
    /// <returns>Null when the request is not recorded; and the header as it goes on then.</returns>
    public static (StageTrace? Trace, TraceHeader Header) Begin(HttpContext http, RestApi api, RestStage stage, TraceHeader header, DateTimeOffset received)
    {
        if (stage.TracingEnabled != true) return (null, header);
        if (header.Sampled == SamplingDecision.NotSampled) return (null, header);
        string? rule = null;
        if (header.Sampled != SamplingDecision.Sampled)
        {
            var request = new SampledRequest($"{api.Settings.Name}/{stage.StageName}", Origin, http.Request.Host.Host, http.Request.Method, http.Request.Path.Value, ArnOf(http, api, stage).ToString());
            (rule, var isSampled) = http.RequestServices.GetRequiredService<StageSampler>().Decide(request, received);
            if (!isSampled) return (null, header with { Sampled = SamplingDecision.NotSampled });
        }
        var trace = new StageTrace(http, api, stage, header, received, rule);
        return (trace, trace.Header);
    }

    /// <summary>The function has answered, or could not.</summary>
    /// <param name="status">Of the response that it made.</param>
    public void Invoked(string function, DateTimeOffset began, int status, long? length) => invocation = new Subsegment
    {
        Id = call,
        Name = "Lambda",
        Namespace = "aws",
        StartTime = SegmentTime.From(began),
        EndTime = SegmentTime.From(Now()),
        Http = new HttpCall(
            new HttpRequestPart("POST", $"https://lambda.{Home.Region}.amazonaws.com/2015-03-31/functions/{function}/invocations"), new HttpResponsePart(status, length)),
        Aws = Write(json =>
        {
            json.WriteString("function_name", function[(function.LastIndexOf(":function:", StringComparison.Ordinal) + ":function:".Length)..].Split(':')[0]);
            json.WriteString("region", Home.Region);
            json.WriteString("operation", "Invoke");
        }),
        Error = status is >= 400 and < 500,
        Throttle = status == StatusCodes.Status429TooManyRequests,
        Fault = status >= 500,
    };

    /// <summary>The client has been answered.</summary>
    public void End(string extendedId)
    {
        var (request, response) = (http.Request, http.Response);
        http.RequestServices.GetRequiredService<SegmentRecorder>().Record(new Segment
        {
            TraceId = incoming.Root!.Value,
            Id = id,
            ParentId = incoming.Parent,
            Name = $"{api.Settings.Name}/{stage.StageName}",
            Origin = Origin,
            ResourceArn = ArnOf(http, api, stage).ToString(),
            StartTime = SegmentTime.From(received),
            EndTime = SegmentTime.From(Now()),
            Http = new HttpCall(
                new HttpRequestPart(request.Method, request.GetEncodedUrl(), request.Headers.UserAgent.FirstOrDefault(), EventParts.SourceIp(request), XForwardedFor: true),
                new HttpResponsePart(response.StatusCode, response.ContentLength ?? 0)),
            Aws = Write(WriteAws),
            Annotations = new Dictionary<string, AnnotationValue> { ["aws:api_id"] = api.Id, ["aws:api_stage"] = stage.StageName! },
            Metadata = Write(json =>
            {
                json.WriteStartObject("default");
                json.WriteString("extended_request_id", extendedId);
                json.WriteString("request_id", AwsCall.Of(http).RequestId);
                json.WriteEndObject();
            }),
            Error = response.StatusCode is >= 400 and < 500,
            Throttle = response.StatusCode == StatusCodes.Status429TooManyRequests,
            Fault = response.StatusCode >= 500,
            Subsegments = invocation is null ? [] : [invocation],
        });
    }

    void WriteAws(Utf8JsonWriter json)
    {
        if (rule is not null)
        {
            json.WriteStartObject("xray");
            json.WriteString("sampling_rule_name", rule);
            json.WriteEndObject();
        }
        json.WriteStartObject("api_gateway");
        json.WriteString("account_id", Home.AccountId);
        json.WriteString("rest_api_id", api.Id);
        json.WriteString("stage", stage.StageName);
        json.WriteString("request_id", AwsCall.Of(http).RequestId);
        json.WriteEndObject();
    }

    static Arn ArnOf(HttpContext http, RestApi api, RestStage stage) =>
        new("aws", "apigateway", http.RequestServices.GetRequiredService<AwsHome>().Region, "", $"/restapis/{api.Id}/stages/{stage.StageName}");

    static JsonElement Write(Action<Utf8JsonWriter> write) => JsonElement.Parse(EventParts.WriteObject(write));

    AwsHome Home => http.RequestServices.GetRequiredService<AwsHome>();

    DateTimeOffset Now() => http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
}
