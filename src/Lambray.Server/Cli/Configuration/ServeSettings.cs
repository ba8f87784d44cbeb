using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Functions.Registry.Concurrency;
using Lambray.Server.Hosting;

namespace Lambray.Server.Cli.Configuration;

/// <summary>All settings of the server.</summary>
public static class ServeSettings
{
    public static readonly IReadOnlyList<Setting> All =
    [
        new("listen", "ADDRESS:PORT", "AWS APIs and console; 127.0.0.1:4566 unless told otherwise",
            (config, text) => config with { Listen = SettingText.EndPoint(text) }),
        new("daemon", "ADDRESS:PORT|off", "X-Ray daemon, UDP and TCP; 127.0.0.1:2000 unless told otherwise",
            (config, text) => config with { Daemon = text == "off" ? null : SettingText.EndPoint(text) }),
        new("data-dir", "DIR", "Where everything is kept; ~/.local/share/lambray unless told otherwise",
            (config, text) => config with { DataDirectory = SettingText.Directory(text) }),
        new("region", "NAME", "The region in every ARN; us-east-1 unless told otherwise",
            (config, text) => config with { Region = SettingText.Region(text) }),
        new("account-id", "ID", "The account in every ARN; 000000000000 unless told otherwise",
            (config, text) => config with { AccountId = SettingText.AccountId(text) }),
        new("auth", "required|off", "Whether requests must be signed with an access key of this account; off on loopback, required elsewhere, unless told otherwise",
            (config, text) => config with { Auth = SettingText.OneOf<AuthMode>(text) }),
        new("iam", "lenient|strict", "Whether a function is refused whose execution role is not here or does not trust Lambda; lenient unless told otherwise",
            (config, text) => config with { Iam = SettingText.OneOf<IamMode>(text) }),
        new("isolation", "auto|sandbox|process", "How functions are kept apart; auto takes the strongest this machine has",
            (config, text) => config with { Isolation = SettingText.OneOf<Hosting.IsolationMode>(text) }),
        new("runtimes", "NAME=PATH,…", "Programs for runtimes, as in python3.12=/opt/python/bin/python3; else the nearest version on PATH",
            (config, text) => config with { Runtimes = SettingText.Programs(text) }),
        new("network", "open|closed", "Whether sandboxed functions reach what is outside this machine; open unless told otherwise",
            (config, text) => config with { Network = SettingText.OneOf<NetworkAccess>(text) }),
        new("host-ports", "PORT,…", "Ports of this machine's loopback that sandboxed functions may reach; none unless told otherwise",
            (config, text) => config with { HostPorts = SettingText.HostPorts(text) }),
        new("environments-max", "N", "How many execution environments may live at once; by the machine's size unless told otherwise",
            (config, text) => config with { EnvironmentsMax = SettingText.Count(text, min: 1) }),
        new("memory", "MEGABYTES", "What the memory sizes of living environments may add up to; 80 % of the machine's memory unless told otherwise",
            (config, text) => config with { Memory = SettingText.Count(text, min: 128) }),
        new("prestarted-max", "N", "How many runtimes are started ahead and wait for a function; 0 for none, by the machine's size unless told otherwise",
            (config, text) => config with { PrestartedMax = SettingText.Count(text, min: 0) }),
        new("concurrent-executions", "N", "The account's quota of invocations at work at once, ten times as many may begin in a second; 1000 unless told otherwise",
            (config, text) => config with { ConcurrentExecutions = SettingText.Count(text, min: AccountLimits.UnreservedConcurrencyMin) }),
        new("code-storage", "MEGABYTES", "The account's quota of code, of functions with their versions and of layers; 76800 unless told otherwise",
            (config, text) => config with { CodeStorage = SettingText.Count(text, min: 1) }),
        new("logs-max", "MEGABYTES", "How much is kept of what functions log, on disk; 1024 unless told otherwise",
            (config, text) => config with { LogsMax = SettingText.Count(text, min: 1) }),
        new("kept-events-max", "MEGABYTES", "How much is kept of the events of traced invocations, to invoke with them again from the console; 0 for none, 64 unless told otherwise",
            (config, text) => config with { KeptEventsMax = SettingText.Count(text, min: 0) }),
        new("trace-retention", "DAYS", "How long traces are kept; 30 unless told otherwise",
            (config, text) => config with { TraceRetention = SettingText.Count(text, min: 1) }),
        new("lambda-sampling-first-per-minute", "N", "Requests of each minute and function that Lambda always samples; 1 unless told otherwise",
            (config, text) => config with { LambdaSamplingFirstPerMinute = SettingText.Count(text, min: 0) }),
        new("lambda-sampling-rate", "FRACTION", "Fraction of the other requests that Lambda samples; 0.05 unless told otherwise",
            (config, text) => config with { LambdaSamplingRate = SettingText.Fraction(text) }),
        new("record-calls", "on|off", "Whether traces show functions' calls to this server that no X-Ray SDK records, which AWS does not; on unless told otherwise",
            (config, text) => config with { RecordCalls = SettingText.OnOff(text) }),
        new("causal-chain", "aws|full", "Whether traces end at queues and notifications where AWS's do, or go on to whatever follows; aws unless told otherwise",
            (config, text) => config with { FullCausalChain = SettingText.Choice(text, "aws", "full") == "full" }),
        .. ServicesElsewhere.All,
        new("log-level", "LEVEL", "trace, debug, information, warning, error, critical or none; information unless told otherwise",
            (config, text) => config with { LogLevel = SettingText.OneOf<LogLevel>(text) }),
    ];

    /// <summary>For messages; what every service has is told of one.</summary>
    public static readonly string Keys = string.Join(", ", All.Where(setting => !setting.IsLeftOut).Select(setting => setting.Key));
}
