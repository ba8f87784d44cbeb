using System.ComponentModel;
using System.Diagnostics;

namespace Lambray.Functions.ExecutionEnvironments.Runtimes;

/// <summary>Asks a program on the search path what it is: its name alone tells neither its version nor, with version managers, its place.</summary>
static class InterpreterQuestion
{
    static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(1);

    /// <summary>What it prints on its standard output; null when it is no such program after all.</summary>
    public static async Task<string?> AskAsync(string program, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(AnswerLimit);
        using var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            process.Start();
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            await errors;
            return process.ExitCode == 0 ? await output : null;
        }
        // Not executable, or a script without the program that it wraps.
        catch (Win32Exception)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return null;
        }
    }
}
