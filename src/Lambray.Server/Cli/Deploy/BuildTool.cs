using System.Diagnostics;

namespace Lambray.Server.Cli.Deploy;

/// <summary>Runs a compiler of this machine, or of the folder that is deployed.</summary>
static class BuildTool
{
    /// <param name="missing">What to say when there is no such program.</param>
    /// <exception cref="CommandException">It fails, or is not there.</exception>
    public static async Task RunAsync(string program, IReadOnlyList<string> arguments, string directory, string missing, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Start(start, missing);
        try
        {
            var (text, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode == 0) return;
            throw new CommandException($"{Path.GetFileName(program)} {string.Join(' ', arguments)} failed: {(await text + await errors).Trim()}", ExitCodes.Failed);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    static Process Start(ProcessStartInfo start, string missing)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new CommandException(missing, ExitCodes.Misused, error);
        }
    }
}
