using System.Diagnostics;

namespace Lambray.Server.Cli.Deploy;

/// <summary>Publishes a .NET project with the SDK of this machine.</summary>
static class DotNetPublish
{
    /// <exception cref="CommandException">It does not build, or there is no SDK.</exception>
    public static async Task RunAsync(string project, string output, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", ["publish", project, "-c", "Release", "-o", output, "-v", "quiet", "-nologo"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Start(start);
        try
        {
            var (text, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode == 0) return;
            throw new CommandException($"dotnet publish {project} failed: {(await text + await errors).Trim()}", ExitCodes.Failed);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new CommandException("a .NET project needs the .NET SDK; no program 'dotnet' was found", ExitCodes.Misused, error);
        }
    }
}
