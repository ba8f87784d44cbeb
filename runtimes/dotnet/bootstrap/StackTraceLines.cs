using System.Diagnostics;

namespace Lambray.DotNetRuntime;

/// <summary>Stack traces as a function's author wants them: without the runtime beneath the handler.</summary>
static class StackTraceLines
{
    static readonly string[] Beneath = ["at InvokeStub_", "at System.Reflection.MethodBaseInvoker.", "at System.RuntimeMethodHandle.InvokeMethod(", "at Lambray.DotNetRuntime."];

    public static List<string> Of(Exception error)
    {
        var lines = new List<string>();
        foreach (var raw in new StackTrace(error, fNeedFileInfo: true).ToString().Split('\n'))
        {
            var line = raw.Trim();
            if (IsBeneath(line)) break;
            if (line.Length > 0) lines.Add(line);
        }
        return lines;
    }

    public static IEnumerable<StackFrame> FramesOf(Exception error)
    {
        foreach (var frame in new StackTrace(error, fNeedFileInfo: true).GetFrames())
        {
            if (IsBeneath($"at {frame.GetMethod()?.DeclaringType?.FullName}.{frame.GetMethod()?.Name}(")) yield break;
            yield return frame;
        }
    }

    static bool IsBeneath(string line) => Array.Exists(Beneath, start => line.StartsWith(start, StringComparison.Ordinal));
}
