namespace Lambray.Functions.ExecutionEnvironments.Linux;

/// <summary>How a process ended: an exit code, or the signal that ended it.</summary>
public readonly record struct ExitStatus(int? Code, int? Signal)
{
    const int SigSegv = 11;
    const int SigAbrt = 6;

    /// <summary>Reads <c>waitpid</c>'s status word.</summary>
    public static ExitStatus FromWait(int status)
    {
        var signal = status & 0x7f;
        return signal == 0 ? new ExitStatus((status >> 8) & 0xff, null) : new ExitStatus(null, signal);
    }

    /// <summary>A wrapping process (bwrap, sh) reports its child's signal as 128 and more.</summary>
    public ExitStatus Unwrapped => Code is > 128 and < 128 + 65 ? new ExitStatus(null, Code - 128) : this;

    /// <summary>The words that AWS puts after "Runtime exited with error".</summary>
    public override string ToString() => Signal switch
    {
        null => $"exit status {Code}",
        LibC.SigKill => "signal: killed",
        LibC.SigTerm => "signal: terminated",
        SigSegv => "signal: segmentation fault",
        SigAbrt => "signal: aborted",
        var other => $"signal: {other}",
    };
}
