using System.Net;
using Lambray.Aws;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Server.AwsFront;
using Lambray.Server.ConsoleApi;
using Lambray.Server.ConsoleApi.Settings;
using Lambray.Server.Daemon;
using Lambray.Server.Environments;
using Lambray.Server.RuntimeApi;
using Lambray.Tracing;
using Lambray.Tracing.Sampling;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Lambray.Server.Hosting;

/// <summary>A running server: all rooms put together, listening.</summary>
public sealed class LambrayServer : IAsyncDisposable
{
    const int DefaultAwsPort = 4566;

    // A function may run for 15 minutes, and a stop waits for it.
    static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(16);

    // A runtime may report an X-Ray cause of 64 KB in one header.
    const int HeaderBytesMax = 256 * 1024;

    readonly WebApplication app;
    readonly DataDirectory data;
    readonly IIsolation isolation;

    LambrayServer(WebApplication app, DataDirectory data, IIsolation isolation) => (this.app, this.data, this.isolation) = (app, data, isolation);

    /// <summary>Where the AWS APIs and the console are, with the port that was found when 0 was asked for.</summary>
    public Uri Address => AddressOf(app);

    /// <summary>How execution environments are isolated, in a line for people.</summary>
    public string Isolation => isolation.Description;

    public IServiceProvider Services => app.Services;

    /// <summary>Starts a server and returns once it listens and runs what an earlier one left in its queue.</summary>
    /// <exception cref="DataDirectoryException">The data directory cannot be used.</exception>
    /// <exception cref="IOException">An address is in use.</exception>
    /// <exception cref="IsolationUnavailableException">The isolation asked for cannot be had here.</exception>
    public static async Task<LambrayServer> StartAsync(ServeConfig config, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var data = DataDirectory.Open(config.DataDirectory);
        IIsolation? isolation = null;
        WebApplication? app = null;
        try
        {
            isolation = await ChooseIsolationAsync(config, data, () => AddressOf(app!).ToString().TrimEnd('/'));
            app = Build(config, data, isolation, time ?? TimeProvider.System);
            await app.StartAsync(cancellationToken);
            return new LambrayServer(app, data, isolation);
        }
        catch
        {
            if (app is not null) await app.DisposeAsync();
            if (isolation is not null) await isolation.DisposeAsync();
            data.Dispose();
            throw;
        }
    }

    /// <summary>Completes when the server was asked to stop (SIGTERM, Ctrl-C) and has drained.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // A stop that was asked for from outside has been waited for; draining twice would wait for nothing twice.
        if (!app.Lifetime.ApplicationStopping.IsCancellationRequested) await app.StopAsync();
        await app.DisposeAsync();
        await isolation.DisposeAsync();
        data.Dispose();
    }

    static WebApplication Build(ServeConfig config, DataDirectory data, IIsolation isolation, TimeProvider time)
    {
        // Nothing is read from files or variables that belong to other programs.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.SetMinimumLevel(config.LogLevel).AddSimpleConsole(console => console.SingleLine = true)
            .AddFilter("Microsoft", LogLevel.Warning)
            // Whoever starts the server is told by an exception why it does not.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true).ConfigureKestrel(kestrel => Listen(kestrel, config));
        builder.Services
            .AddRoutingCore()
            .AddSingleton(time)
            .AddSingleton(new AwsHome(config.AccountId, config.Region))
            .AddSingleton(new CausalChain(config.FullCausalChain))
            .AddTracing(
                data.Path, TimeSpan.FromDays(config.TraceRetention), new LambdaSamplingConfig(config.LambdaSamplingFirstPerMinute, config.LambdaSamplingRate))
            .AddResources(data.Path)
            .AddMessaging(config)
            .AddTables(data.Path)
            .AddStreams(data.Path)
            .AddTelemetry(config)
            .AddFunctions(config, data, isolation)
            .AddAuthentication(config, data)
            .AddEventBridge()
            .AddApiGateway()
            .AddConsoleApi()
            .AddSingleton(FactsOf(config))
            .AddSingleton<DrainGate>()
            .AddHostedService<Draining>()
            .AddSingleton<IConnectionListenerFactory>(provider => provider.GetRequiredService<EnvironmentTransport>())
            .Configure<HostOptions>(options => options.ShutdownTimeout = DrainLimit);
        if (config.Daemon is { } daemon) builder.Services.AddDaemon(daemon);
        var app = builder.Build();
        LiveSources.Connect(app.Services);
        app.Use(Draining.Guard);
        app.UseRuntimeApi();
        app.UseAwsFront(Fronts.For(config, time));
        return app;
    }

    static ServerFacts FactsOf(ServeConfig config) => new(
        config.AccountId, config.Region, config.DataDirectory, config.Daemon?.ToString(), config.Network.ToString(), config.TraceRetention, config.LogsMax, config.RecordCalls);

    static void Listen(KestrelServerOptions kestrel, ServeConfig config)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        kestrel.Listen(config.Listen);
        kestrel.Listen(new EnvironmentEndPoint());
        if (config.Daemon is { } daemon) kestrel.Listen(daemon, options => options.UseDaemonPort());
    }

    static Task<IIsolation> ChooseIsolationAsync(ServeConfig config, DataDirectory data, Func<string> awsEndpoint)
    {
        var isolation = new IsolationConfig(
            data.Environments, data.Vacant, data.Volumes, Environment.GetEnvironmentVariable("PATH"),
            config.Listen.Port == 0 ? DefaultAwsPort : config.Listen.Port, awsEndpoint, config.Network, config.HostPorts);
        return config.Isolation switch
        {
            IsolationMode.Auto => IsolationChoice.StrongestAsync(isolation),
            IsolationMode.Sandbox => IsolationChoice.SandboxAsync(isolation),
            _ => IsolationChoice.ProcessesAsync(isolation, "as configured"),
        };
    }

    // A server that listens everywhere is reached by loopback.
    static Uri AddressOf(WebApplication app) => BoundOf(app.Services);

    /// <summary>Where this server is found, for links in what it sends.</summary>
    internal static string AddressOf(IServiceProvider services) => BoundOf(services).ToString().TrimEnd('/');

    static Uri BoundOf(IServiceProvider services)
    {
        var bound = services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses
            .Select(address => new UriBuilder(address)).First();
        if (IPAddress.TryParse(bound.Host.Trim('[', ']'), out var host) && (host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any))) bound.Host = "127.0.0.1";
        return bound.Uri;
    }
}
