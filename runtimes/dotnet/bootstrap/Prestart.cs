using System.Collections;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lambray.DotNetRuntime;

/// <summary>A runtime that was started before anybody knew for which function: it waits until it is given one, and then is as if started for it.</summary>
static partial class Prestart
{
    public static bool IsWanted => Environment.GetEnvironmentVariable("_LAMBRAY_PRESTART") is not null;

    /// <returns>False when no function will come.</returns>
    public static bool TryBecomeFunction(RuntimeApi api)
    {
        HttpAnswer answer;
        try
        {
            answer = api.Request("/lambray/prestart/function");
        }
        catch (IOException)
        {
            return false;
        }
        if (answer.Status != 200) return false;
        ReplaceEnvironment(answer.Body);
        Directory.SetCurrentDirectory(Environment.GetEnvironmentVariable("LAMBDA_TASK_ROOT")!);
        if (Environment.GetEnvironmentVariable("_HANDLER")?.Contains("::", StringComparison.Ordinal) == false) BecomeProgram();
        return true;
    }

    // The function is a program of its own; this process can only make room for it.
    static void BecomeProgram()
    {
        string?[] command = ["/bin/sh", Path.Combine(AppContext.BaseDirectory, "bootstrap"), Environment.ProcessPath, null];
        var variables = new List<string?>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables()) variables.Add($"{variable.Key}={variable.Value}");
        variables.Add(null);
        // It returns only when it has failed.
        if (Execute(command[0]!, command, [.. variables]) != 0) throw new IOException($"{command[0]} could not be started: error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments, string?[] variables);

    static void ReplaceEnvironment(byte[] json)
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables()) Environment.SetEnvironmentVariable((string)variable.Key, null);
        using var variables = JsonDocument.Parse(json);
        foreach (var variable in variables.RootElement.EnumerateObject()) Environment.SetEnvironmentVariable(variable.Name, variable.Value.GetString());
    }
}
