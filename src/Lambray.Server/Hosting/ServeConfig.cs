using System.Collections.ObjectModel;
using System.Net;
using Lambray.Aws;
using Lambray.Aws.Signing;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Functions.Registry.Concurrency;
using Lambray.Server.AwsFront.Forwarding;

namespace Lambray.Server.Hosting;

/// <summary>How a server is to run, as its configuration file, environment variables and flags say.</summary>
public sealed record ServeConfig
{
    /// <summary>Where the AWS APIs and the console are served; port 0 takes any free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 4566);

    /// <summary>Where the X-Ray daemon listens, by UDP for segments and by TCP for sampling; null runs none.</summary>
    public IPEndPoint? Daemon { get; init; } = new(IPAddress.Loopback, 2000);

    /// <summary>An absolute path; made when it is missing.</summary>
    public string DataDirectory { get; init; } = DefaultDataDirectory();

    public string Region { get; init; } = AwsHome.DefaultRegion;

    /// <summary>12 digits.</summary>
    public string AccountId { get; init; } = AwsHome.DefaultAccountId;

    /// <summary>Whether requests must be signed with a key of this account; null asks for it wherever others than this machine can connect.</summary>
    public AuthMode? Auth { get; init; }

    /// <summary>Whether requests must be signed.</summary>
    public bool RequiresSignatures => Auth is { } auth ? auth == AuthMode.Required : !IPAddress.IsLoopback(Listen.Address);

    /// <summary>Whether an execution role has to be there, and to trust Lambda, when a function is given it.</summary>
    public IamMode Iam { get; init; } = IamMode.Lenient;

    public IsolationMode Isolation { get; init; } = IsolationMode.Auto;

    /// <summary>The program that runs a runtime's functions, for runtimes that shall not run on what is found on <c>PATH</c>.</summary>
    public IReadOnlyDictionary<string, string> Runtimes { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether sandboxed functions reach what is outside this machine.</summary>
    public NetworkAccess Network { get; init; } = NetworkAccess.Open;

    /// <summary>Ports of the host's loopback that sandboxed functions may reach, at the same ports of theirs.</summary>
    public IReadOnlyList<int> HostPorts { get; init; } = [];

    /// <summary>How many execution environments may live at once; null lets the machine's size decide.</summary>
    public int? EnvironmentsMax { get; init; }

    /// <summary>How many runtimes may wait for a function, started ahead; 0 for none, null lets the machine's size decide.</summary>
    public int? PrestartedMax { get; init; }

    /// <summary>How many megabytes the memory sizes of living environments may add up to; null lets the machine's size decide.</summary>
    public int? Memory { get; init; }

    /// <summary>The account's quota of invocations at work at once.</summary>
    public int ConcurrentExecutions { get; init; } = AccountLimits.ConcurrentExecutionsDefault;

    /// <summary>The account's quota of code, in megabytes: of the packages of functions, their versions and layers.</summary>
    public int CodeStorage { get; init; } = AccountLimits.TotalCodeMegabytesDefault;

    /// <summary>How many megabytes of logs are kept; the oldest go first.</summary>
    public int LogsMax { get; init; } = 1024;

    /// <summary>How many megabytes of the events of traced invocations are kept, so that the console can invoke with them again; 0 keeps none.</summary>
    public int KeptEventsMax { get; init; } = 64;

    /// <summary>Days.</summary>
    public int TraceRetention { get; init; } = (int)Tracing.Indexing.TraceRetention.Default.TotalDays;

    /// <summary>So many requests of each minute and actively traced function are always sampled.</summary>
    public int LambdaSamplingFirstPerMinute { get; init; } = 1;

    /// <summary>The fraction of the other requests that is sampled, 0 to 1.</summary>
    public double LambdaSamplingRate { get; init; } = 0.05;

    /// <summary>Whether calls that functions make to this server are recorded when no X-Ray SDK in them does; AWS shows only what SDKs record.</summary>
    public bool RecordCalls { get; init; } = true;

    /// <summary>Whether traces go on through queues and notifications where AWS's end or only link.</summary>
    public bool FullCausalChain { get; init; }

    /// <summary>Where services really are that are elsewhere, by their names.</summary>
    public IReadOnlyDictionary<string, ServiceElsewhere> Elsewhere { get; init; } = ReadOnlyDictionary<string, ServiceElsewhere>.Empty;

    /// <summary>The least severe messages that the server writes.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    // The XDG base directory specification: data of one user, which outlives a restart.
    static string DefaultDataDirectory() => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "lambray");
}

/// <summary>How execution environments are kept apart from the machine and from each other.</summary>
public enum IsolationMode
{
    /// <summary>The strongest that this machine has; the server says at its start which that is.</summary>
    Auto,

    /// <summary>Namespaces, made by bubblewrap.</summary>
    Sandbox,

    /// <summary>Plain processes: for functions that are trusted.</summary>
    Process,
}

/// <summary>Whether requests have to be signed.</summary>
public enum AuthMode
{
    Required,
    Off,
}

/// <summary>What becomes of a function whose execution role is not known here.</summary>
public enum IamMode
{
    /// <summary>It is created, with a warning: templates bring functions along before their roles.</summary>
    Lenient,

    /// <summary>It is refused, as AWS does.</summary>
    Strict,
}

/// <summary>An existing server in place of a service of ours: <c>services: { sqs: { endpoint: … } }</c>.</summary>
/// <param name="Endpoint">Null for none.</param>
/// <param name="Region">What it calls its region; null for ours.</param>
public sealed record ServiceElsewhere(Uri? Endpoint = null, string? AccessKeyId = null, string? SecretAccessKey = null, string? Region = null)
{
    /// <returns>Null when the service is here.</returns>
    public ForwardTarget? Find(string homeRegion) => Endpoint is null ? null : new ForwardTarget(
        Endpoint, AccessKeyId is null ? null : new AwsCredentials(AccessKeyId, SecretAccessKey ?? ""), Region ?? homeRegion);
}
