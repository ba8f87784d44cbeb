using System.Globalization;

namespace Lambray.Functions.Invocation;

/// <summary>The lines that Lambda writes into a function's log around each invocation, in the text format.</summary>
static class PlatformLines
{
    const double BytesPerMegabyte = 1024 * 1024;

    public static string Start(AttemptRequest request) => $"START RequestId: {request.RequestId} Version: {request.Function.Version}";

    public static string End(string requestId) => $"END RequestId: {requestId}";

    /// <param name="ended">The end of what is billed: the answer, or later when extensions went on working.</param>
    /// <param name="memoryPeakBytes">Left out when the machine cannot tell.</param>
    public static string Report(AttemptRequest request, AttemptRecord attempt, DateTimeOffset ended, long? memoryPeakBytes)
    {
        var duration = ended - attempt.InvokeStarted;
        var fields = new List<string>
        {
            $"REPORT RequestId: {request.RequestId}",
            $"Duration: {Milliseconds(duration)}",
            $"Billed Duration: {Math.Ceiling(duration.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)} ms",
            $"Memory Size: {request.Function.MemorySize.ToString(CultureInfo.InvariantCulture)} MB",
        };
        if (memoryPeakBytes is { } bytes) fields.Add($"Max Memory Used: {Math.Ceiling(bytes / BytesPerMegabyte).ToString(CultureInfo.InvariantCulture)} MB");
        if (attempt.InitDuration is { } init) fields.Add($"Init Duration: {Milliseconds(init)}");
        if (request.FunctionSegment is { } segment) fields.AddRange([$"XRAY TraceId: {request.TraceHeader.Root}", $"SegmentId: {segment}", "Sampled: true"]);
        if (attempt.Failure is { ReportStatus: { } status } failure)
        {
            fields.Add($"Status: {status}");
            if (status == "error") fields.Add($"Error Type: {failure.Type}");
        }
        return string.Join('\t', fields) + "\t";
    }

    /// <summary>For an init phase that failed; a good one is only mentioned in the REPORT line.</summary>
    public static string InitReport(InitPhase init, string phase)
    {
        var failure = init.Failure!;
        var status = failure.ReportStatus ?? "error";
        var type = status == "timeout" ? "" : $"\tError Type: {failure.Type}";
        return $"INIT_REPORT Init Duration: {Milliseconds(init.Duration)}\tPhase: {phase}\tStatus: {status}{type}";
    }

    static string Milliseconds(TimeSpan duration) => duration.TotalMilliseconds.ToString("F2", CultureInfo.InvariantCulture) + " ms";
}
