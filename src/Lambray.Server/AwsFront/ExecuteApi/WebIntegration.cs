using System.Collections.Frozen;
using Lambray.Resources.ApiGateway;
using Lambray.Server.AwsFront.HttpEvents;
using Lambray.Tracing.Segments;

namespace Lambray.Server.AwsFront.ExecuteApi;

/// <summary>Sends requests on to other web servers ("Create HTTP proxy integrations for HTTP APIs"; the same for REST APIs).</summary>
sealed partial class WebIntegration(TimeProvider time, ILogger<WebIntegration> logger) : IDisposable
{
    static readonly FrozenSet<string> OfConnection = FrozenSet.ToFrozenSet(
        ["Host", "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Expect", "TE", "Trailer", "Content-Length", TraceHeader.Name], StringComparer.OrdinalIgnoreCase);

    readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <returns>What became of it; only when there is no fault, the client is answered.</returns>
    public async Task<FunctionFault> ForwardAsync(HttpContext context, WebRequest asked)
    {
        using var timer = new CancellationTokenSource(asked.Limit, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, timer.Token);
        using var request = Request(context.Request, asked);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var response = context.Response;
            response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
                if (!OfConnection.Contains(name)) response.Headers[name] = values.ToArray();
            response.ContentLength = answer.Content.Headers.ContentLength;
            await answer.Content.CopyToAsync(response.Body, limit.Token);
            return FunctionFault.None;
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            return FunctionFault.TimedOut;
        }
        catch (HttpRequestException error)
        {
            LogNotReached(asked.Uri, error.Message);
            return FunctionFault.NotInvoked;
        }
    }

    public void Dispose() => http.Dispose();

    static HttpRequestMessage Request(HttpRequest from, WebRequest asked)
    {
        var address = FunctionUri.Fill(asked.Uri, asked.StageVariables);
        foreach (var (name, value) in asked.Parameters)
            address = address.Replace($"{{{name}+}}", value, StringComparison.Ordinal).Replace($"{{{name}}}", value, StringComparison.Ordinal);
        // The server is sent the path that it is named with; what the client asked for goes along where the name has a place for it.
        if (from.QueryString.HasValue) address += (address.Contains('?', StringComparison.Ordinal) ? '&' : '?') + from.QueryString.Value![1..];
        var request = new HttpRequestMessage(HttpMethod.Parse(asked.Method == "ANY" ? from.Method : asked.Method), address);
        if (!asked.Body.IsEmpty) request.Content = new ReadOnlyMemoryContent(asked.Body);
        foreach (var (name, values) in from.Headers)
        {
            if (OfConnection.Contains(name)) continue;
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable())) request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }
        request.Headers.TryAddWithoutValidation(TraceHeader.Name, asked.Trace.ToString());
        request.Headers.TryAddWithoutValidation("Forwarded", $"by=127.0.0.1;for={EventParts.SourceIp(from)};host={from.Host};proto={from.Scheme}");
        return request;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Address} could not be reached for an API: {Reason}")]
    partial void LogNotReached(string address, string reason);
}

/// <summary>A request as an integration has it.</summary>
/// <param name="Method"><c>ANY</c> for that of the client.</param>
/// <param name="Parameters">What stands in the place of the variables of the address.</param>
sealed record WebRequest(
    string Uri, string Method, IReadOnlyDictionary<string, string> Parameters, IReadOnlyDictionary<string, string>? StageVariables, ReadOnlyMemory<byte> Body, TraceHeader Trace,
    TimeSpan Limit);
