using System.Collections.Frozen;
using Lambray.Aws;
using Lambray.Resources.ApiGateway;
using Lambray.Resources.ApiGateway.HttpApis;
using Lambray.Tracing.Segments;

namespace Lambray.Server.AwsFront.ExecuteApi.HttpApis;

/// <summary>Sends requests on to other web servers ("Create HTTP proxy integrations for HTTP APIs").</summary>
sealed partial class WebIntegration(ILogger<WebIntegration> logger) : IDisposable
{
    static readonly FrozenSet<string> OfConnection = FrozenSet.ToFrozenSet(
        ["Host", "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Expect", "TE", "Trailer", "Content-Length", TraceHeader.Name], StringComparer.OrdinalIgnoreCase);

    readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async Task ForwardAsync(HttpApiCall call, Integration integration)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(call.Http.RequestAborted);
        limit.CancelAfter(TimeSpan.FromMilliseconds(integration.TimeoutInMillis!.Value));
        using var request = Request(call, integration);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var response = call.Http.Response;
            response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
                if (!OfConnection.Contains(name)) response.Headers[name] = values.ToArray();
            response.ContentLength = answer.Content.Headers.ContentLength;
            await answer.Content.CopyToAsync(response.Body, limit.Token);
        }
        catch (OperationCanceledException) when (!call.Http.RequestAborted.IsCancellationRequested)
        {
            throw new AwsException("", StatusCodes.Status503ServiceUnavailable, "Service Unavailable");
        }
        catch (HttpRequestException error)
        {
            LogNotReached(integration.IntegrationUri!, error.Message);
            throw new AwsException("", StatusCodes.Status500InternalServerError, "Internal Server Error");
        }
    }

    public void Dispose() => http.Dispose();

    static HttpRequestMessage Request(HttpApiCall call, Integration integration)
    {
        var from = call.Request;
        var address = FunctionUri.Fill(integration.IntegrationUri!, call.Stage.StageVariables);
        foreach (var (name, value) in call.Parameters)
            address = address.Replace($"{{{name}+}}", value, StringComparison.Ordinal).Replace($"{{{name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
        // The server is sent the path that it is named with; what the client asked for goes along where the name has a place for it.
        if (from.QueryString.HasValue) address += (address.Contains('?', StringComparison.Ordinal) ? '&' : '?') + from.QueryString.Value![1..];
        var request = new HttpRequestMessage(HttpMethod.Parse(integration.IntegrationMethod == "ANY" ? from.Method : integration.IntegrationMethod!), address);
        if (!call.Body.IsEmpty) request.Content = new ReadOnlyMemoryContent(call.Body);
        foreach (var (name, values) in from.Headers)
        {
            if (OfConnection.Contains(name)) continue;
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable())) request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }
        request.Headers.TryAddWithoutValidation(TraceHeader.Name, call.Trace.ToString());
        request.Headers.TryAddWithoutValidation("Forwarded", $"by=127.0.0.1;for={HttpEvents.EventParts.SourceIp(from)};host={from.Host};proto={from.Scheme}");
        return request;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Address} could not be reached for an API: {Reason}")]
    partial void LogNotReached(string address, string reason);
}
