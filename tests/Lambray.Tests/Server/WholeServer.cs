using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Functions.Registry;
using Lambray.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Lambray.Tests.Server;

/// <summary>A server with all its rooms, in this process, on free loopback ports and with a data directory of its own.</summary>
/// <remarks>As a class fixture it takes the strongest isolation that the machine has; <see cref="StartAsync"/> starts one as a test wants it.</remarks>
public class WholeServer : IAsyncLifetime
{
    public const string Account = "123456789012";
    public const string Region = "eu-central-1";

    /// <summary>A role that no IAM request has made: accepted, its permissions unchecked.</summary>
    public const string UnknownRole = $"arn:aws:iam::{Account}:role/lambda-role";

    static readonly TimeSpan ActiveDeadline = TimeSpan.FromSeconds(30);

    readonly TemporaryDirectory directory = new();
    readonly Func<ServeConfig, ServeConfig> configure;
    readonly TimeProvider? time;
    LambrayServer? server;

    public WholeServer() : this(config => config, time: null)
    {
    }

    protected WholeServer(Func<ServeConfig, ServeConfig> configure, TimeProvider? time) => (this.configure, this.time) = (configure, time);

    public LambrayServer Server => server ?? throw new InvalidOperationException("The server was not started, or has been stopped.");

    public Uri Address => Server.Address;

    public string DataDirectory => Path.Combine(directory.Path, "data");

    public IServiceProvider Services => Server.Services;

    public HttpClient Http { get; private set; } = new();

    /// <param name="time">Null for the system's.</param>
    public static async Task<WholeServer> StartAsync(Func<ServeConfig, ServeConfig>? configure = null, TimeProvider? time = null)
    {
        var whole = new WholeServer(configure ?? (config => config), time);
        await whole.InitializeAsync();
        return whole;
    }

    public virtual async ValueTask InitializeAsync()
    {
        server = await LambrayServer.StartAsync(configure(new ServeConfig
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Daemon = null,
            DataDirectory = DataDirectory,
            Region = Region,
            AccountId = Account,
            LogLevel = LogLevel.Critical,
            // Started only where a test is about them: they would take their time from the others.
            PrestartedMax = 0,
        }), time);
        Http.Dispose();
        Http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(1) };
    }

    /// <summary>Stops the server as SIGTERM would, and keeps its data directory for another <see cref="InitializeAsync"/>.</summary>
    public async Task StopAsync()
    {
        await Server.DisposeAsync();
        server = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        Http.Dispose();
        directory.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Creates a Node.js function from the text of its <c>index.js</c> and waits until it can be invoked.</summary>
    /// <param name="settings">Fields of CreateFunction beside or instead of the usual ones.</param>
    public Task CreateAsync(string name, string source, JsonObject? settings = null) => CreateAsync(name, Zip(("index.js", source)), settings);

    /// <inheritdoc cref="CreateAsync(string, string, JsonObject?)"/>
    public async Task CreateAsync(string name, byte[] zip, JsonObject? settings = null)
    {
        var answer = await SendAsync(HttpMethod.Post, "/2015-03-31/functions", CreateRequest(name, zip, settings).ToJsonString());
        if (answer.Status != HttpStatusCode.Created) throw new HttpRequestException(answer.Body);
        await SettledAsync(name);
    }

    /// <summary>The body of a CreateFunction that is in order.</summary>
    public static JsonObject CreateRequest(string name, byte[] zip, JsonObject? settings = null)
    {
        var request = new JsonObject
        {
            ["FunctionName"] = name,
            ["Runtime"] = "nodejs22.x",
            ["Role"] = UnknownRole,
            ["Handler"] = "index.handler",
            ["Timeout"] = 10,
            ["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(zip) },
        };
        foreach (var (field, value) in settings ?? []) request[field] = value?.DeepClone();
        return request;
    }

    /// <summary>A deployment package of these files.</summary>
    public static byte[] Zip(params (string Name, string Text)[] files)
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }
        return bytes.ToArray();
    }

    /// <summary>Waits until a function is neither being created nor updated.</summary>
    public async Task<FunctionModel> SettledAsync(string name)
    {
        var functions = Services.GetRequiredService<FunctionRegistry>();
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        functions.Changed += Look;
        try
        {
            Look(name);
            await settled.Task.WaitAsync(ActiveDeadline);
            return functions.Find(name)!;
        }
        finally
        {
            functions.Changed -= Look;
        }

        void Look(string changed)
        {
            if (changed != name || functions.Find(name) is not { State: not FunctionState.Pending } model) return;
            if (model.LastUpdateStatus != UpdateStatus.InProgress) settled.TrySetResult();
        }
    }

    /// <summary>Sends a request as a client without signature would.</summary>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body) };
        using var answer = await Http.SendAsync(request);
        var code = answer.Headers.TryGetValues("x-amzn-ErrorType", out var types) ? types.Single() : null;
        return new ApiAnswer(answer.StatusCode, code, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The messages that a function has logged so far, over FilterLogEvents; none before its first invocation makes its log group.</summary>
    public async Task<IReadOnlyList<string>> MessagesAsync(string function)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent($$"""{"logGroupName":"/aws/lambda/{{function}}"}""") };
        request.Headers.Add("X-Amz-Target", "Logs_20140328.FilterLogEvents");
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (text.Contains("ResourceNotFoundException", StringComparison.Ordinal)) return [];

        answer.EnsureSuccessStatusCode();
        return [.. JsonElement.Parse(text).GetProperty("events").EnumerateArray().Select(one => one.GetProperty("message").GetString()!)];
    }

    /// <summary>Invokes a function and waits for its log too, so that its environment is free again when this returns.</summary>
    /// <param name="type"><c>RequestResponse</c>, <c>Event</c> or <c>DryRun</c>.</param>
    public async Task<Invocation> InvokeAsync(string name, string payload = "{}", string type = "RequestResponse", string? traceHeader = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/2015-03-31/functions/{name}/invocations");
        request.Content = new StringContent(payload);
        request.Headers.Add("X-Amz-Invocation-Type", type);
        request.Headers.Add("X-Amz-Log-Type", "Tail");
        if (traceHeader is not null) request.Headers.Add("X-Amzn-Trace-Id", traceHeader);
        using var answer = await Http.SendAsync(request);
        return await Invocation.ReadAsync(answer);
    }
}
