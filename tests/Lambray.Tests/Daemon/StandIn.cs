using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lambray.Tests.Daemon;

/// <summary>An HTTP server that stands in for a service of AWS: it keeps what it was sent, and answers as a test wants it to.</summary>
sealed class StandIn : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ConcurrentQueue<StandInRequest> requests = new();

    StandIn(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    public IReadOnlyList<StandInRequest> Requests => [.. requests];

    public static async Task<StandIn> StartAsync(Func<StandInRequest, (int Status, string Body)> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var standIn = new StandIn(app);
        app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var request = new StandInRequest(
                http.Request.Method, http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget,
                http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), Encoding.UTF8.GetString(body.ToArray()));
            standIn.requests.Enqueue(request);
            var (status, text) = answer(request);
            http.Response.StatusCode = status;
            await http.Response.WriteAsync(text);
        });
        await app.StartAsync();
        return standIn;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <param name="Target">Path and query, as they came.</param>
sealed record StandInRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);
