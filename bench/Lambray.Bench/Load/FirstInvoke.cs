using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Lambray.Bench.Load;

/// <summary>An invocation that has to wait for an environment to start.</summary>
/// <param name="Answered">From the request to the answer, as the caller sees it.</param>
/// <param name="Init">What the server reports as init phase: from the spawn until the runtime has asked for its first event.</param>
sealed partial record FirstInvoke(TimeSpan Answered, TimeSpan Init)
{
    const string LogHeader = "X-Amz-Log-Result: ";

    public static FirstInvoke Of(Uri server, string function)
    {
        var request = PreparedRequest.Invoke(server, function, "X-Amz-Log-Type: Tail");
        using var connection = new Connection(server);
        var started = Stopwatch.GetTimestamp();
        var head = connection.Send(request);
        return new FirstInvoke(Stopwatch.GetElapsedTime(started), InitDuration(Encoding.ASCII.GetString(head)));
    }

    static TimeSpan InitDuration(string head)
    {
        var begin = head.IndexOf(LogHeader, StringComparison.OrdinalIgnoreCase) + LogHeader.Length;
        var log = Encoding.UTF8.GetString(Convert.FromBase64String(head[begin..head.IndexOf("\r\n", begin, StringComparison.Ordinal)]));
        var report = Report().Match(log);
        if (!report.Success) throw new InvalidDataException($"The function had an environment already: {log}");
        return TimeSpan.FromMilliseconds(double.Parse(report.Groups["milliseconds"].ValueSpan, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"\tInit Duration: (?<milliseconds>[0-9.]+) ms\t")]
    private static partial Regex Report();
}
