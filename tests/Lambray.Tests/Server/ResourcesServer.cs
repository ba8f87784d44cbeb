using System.Text;
using Lambray.Aws;
using Lambray.Server.AwsFront;
using Lambray.Server.AwsFront.Iam;
using Lambray.Server.AwsFront.S3;
using Lambray.Server.AwsFront.Sts;
using Lambray.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Lambray.Tests.Server;

/// <summary>S3, IAM and STS behind the real front, on a port of their own.</summary>
public sealed class ResourcesServer : IAsyncLifetime
{
    readonly TemporaryDirectory directory = new();
    WebApplication app = null!;

    public string DataDirectory => directory.Path;
    public Uri Address { get; private set; } = null!;
    public HttpClient Http { get; } = new(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 });
    public IServiceProvider Services => app.Services;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(new AwsHome("123456789012", "eu-central-1")).AddSingleton(TimeProvider.System).AddResources(directory.Path);
        app = builder.Build();
        app.UseAwsFront([S3Door.Front, IamDoor.Front, StsDoor.Front]);
        await app.StartAsync();
        Address = new Uri(app.Urls.Single());
        Http.BaseAddress = Address;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        directory.Dispose();
    }
}
