using System.Net;
using System.Text;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Server.AwsFront;
using Lambray.Server.AwsFront.XRay;
using Lambray.Server.Daemon;
using Lambray.Server.Hosting;
using Lambray.Tests.Tracing;
using Lambray.Tracing.Indexing;
using Lambray.Tracing.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Lambray.Tests.Server.XRay;

/// <summary>The X-Ray rooms behind the front, on loopback with a store of their own.</summary>
sealed class XRayServer : IAsyncDisposable
{
    readonly TemporaryDirectory directory = new();
    readonly WebApplication app;
    readonly HttpClient client;

    XRayServer(WebApplication app, TemporaryDirectory directory, HttpClient client) => (this.app, this.directory, this.client) = (app, directory, client);

    public SegmentIntake Intake => app.Services.GetRequiredService<SegmentIntake>();

    public DaemonListener Daemon => app.Services.GetRequiredService<DaemonListener>();

    public Uri Address => client.BaseAddress!;

    public static async Task<XRayServer> StartAsync()
    {
        var directory = new TemporaryDirectory();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services
            .AddSingleton<TimeProvider>(new FakeTimeProvider(TestSegments.At(0).ToDateTimeOffset()))
            .AddSingleton(new AwsHome(AwsHome.DefaultAccountId, AwsHome.DefaultRegion))
            .AddTracing(directory.Path, TraceRetention.Default)
            .AddDaemon(new IPEndPoint(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseAwsFront([XRayEndpoints.Front]);
        await app.StartAsync();
        return new XRayServer(app, directory, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });
    }

    public async Task<JsonElement> PostAsync(string path, string body)
    {
        using var answer = await SendAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new HttpRequestException($"{(int)answer.StatusCode} {text}");
    }

    public async Task<HttpResponseMessage> SendAsync(string path, string body) =>
        await client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

    public Task<JsonElement> PutAsync(params string[] documents) =>
        PostAsync("/TraceSegments", $$"""{"TraceSegmentDocuments":[{{string.Join(',', documents.Select(document => $"\"{JsonEncodedText.Encode(document)}\""))}}]}""");

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        directory.Dispose();
    }
}
