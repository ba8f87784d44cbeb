namespace Lambray.Daemon.Configuration;

/// <summary>What the daemon was told ("Configuring the AWS X-Ray daemon" in the X-Ray Developer Guide).</summary>
sealed record DaemonConfig
{
    /// <summary>0 for a hundredth of the machine's memory.</summary>
    public int BufferMegabytes { get; init; }

    /// <summary>How many batches may be on their way at once.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Null for the one of AWS in the region.</summary>
    public Uri? Endpoint { get; init; }

    public string? Region { get; init; }

    public string UdpAddress { get; init; } = "127.0.0.1:2000";

    public string TcpAddress { get; init; } = "127.0.0.1:2000";

    public DaemonLogLevel LogLevel { get; init; } = DaemonLogLevel.Info;

    /// <summary>Null for standard output.</summary>
    public string? LogFile { get; init; }

    public bool LogRotation { get; init; } = true;

    /// <summary>Never asks a machine whether it is one of EC2.</summary>
    public bool LocalMode { get; init; }

    /// <summary>The resource that the daemon runs on, for telemetry.</summary>
    public string? ResourceArn { get; init; }

    public string? RoleArn { get; init; }

    public bool NoVerifySsl { get; init; }

    /// <summary>Null for what the variable HTTPS_PROXY says.</summary>
    public Uri? ProxyAddress { get; init; }
}

/// <summary>How much is logged, from most to least.</summary>
enum DaemonLogLevel
{
    Dev,
    Debug,
    Info,
    Warn,
    Error,
}
