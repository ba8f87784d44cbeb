using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lambray.Tracing.Segments;

namespace Lambray.Server.Cli.AwsApi;

/// <summary>The operations of Lambda that the command line uses.</summary>
public sealed class LambdaApi(AwsClient aws)
{
    const string Functions = "/2015-03-31/functions";

    public Task<FunctionConfiguration> CreateFunctionAsync(CreateFunctionRequest request, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, Functions, request, AwsApiJson.Default.CreateFunctionRequest, AwsApiJson.Default.FunctionConfiguration, cancellation);

    public async Task<FunctionConfiguration> GetFunctionAsync(string name, CancellationToken cancellation)
    {
        using var response = await aws.SendAsync(new AwsRequest("lambda", HttpMethod.Get, PathOf(name)), cancellation);
        return (await ReadAsync(response, AwsApiJson.Default.GetFunctionAnswer, cancellation)).Configuration;
    }

    public Task<FunctionConfiguration> UpdateFunctionCodeAsync(string name, UpdateFunctionCodeRequest request, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Put, PathOf(name) + "/code", request,
            AwsApiJson.Default.UpdateFunctionCodeRequest, AwsApiJson.Default.FunctionConfiguration, cancellation);

    public Task<FunctionConfiguration> UpdateFunctionConfigurationAsync(
        string name, UpdateFunctionConfigurationRequest request, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Put, PathOf(name) + "/configuration", request,
            AwsApiJson.Default.UpdateFunctionConfigurationRequest, AwsApiJson.Default.FunctionConfiguration, cancellation);

    /// <summary>Invokes with a trace header that says <c>Sampled=1</c>, so that a person who invokes always gets a trace.</summary>
    public async Task<Invocation> InvokeAsync(string name, ReadOnlyMemory<byte> payload, bool async, TraceId trace, CancellationToken cancellation)
    {
        var request = new AwsRequest("lambda", HttpMethod.Post, PathOf(name) + "/invocations")
        {
            Body = payload,
            ContentType = "application/json",
            Headers = new Dictionary<string, string>
            {
                ["X-Amz-Invocation-Type"] = async ? "Event" : "RequestResponse",
                [TraceHeader.Name] = new TraceHeader(trace, null, SamplingDecision.Sampled).ToString(),
            },
        };
        using var response = await aws.SendAsync(request, cancellation);
        var error = response.Headers.TryGetValues("X-Amz-Function-Error", out var errors) ? errors.First() : null;
        return new Invocation((int)response.StatusCode, error, trace, await response.Content.ReadAsByteArrayAsync(cancellation));
    }

    static string PathOf(string name) => $"{Functions}/{Uri.EscapeDataString(name)}";

    async Task<TAnswer> SendAsync<TRequest, TAnswer>(
        HttpMethod method, string path, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, requestType);
        using var response = await aws.SendAsync(new AwsRequest("lambda", method, path) { Body = body, ContentType = "application/json" }, cancellation);
        return await ReadAsync(response, answerType, cancellation);
    }

    static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        await response.Content.ReadFromJsonAsync(type, cancellation) ?? throw new JsonException("The answer is null.");
}
