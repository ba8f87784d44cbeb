using System.Diagnostics;

namespace Lambray.Tests.Server;

/// <summary>A client that writes as it goes on; disposing ends it.</summary>
sealed class FollowedProcess(Process process) : IAsyncDisposable
{
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    readonly List<string> lines = [];

    /// <summary>What was read so far.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>Reads until a line contains this text.</summary>
    public async Task ReadUntilAsync(string text)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
            {
                lines.Add(line);
                if (line.Contains(text, StringComparison.Ordinal)) return;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No line with '{text}' came; these did: {string.Join('\n', lines)}");
        }
        throw new InvalidOperationException($"It ended before a line with '{text}' came: {string.Join('\n', lines)}\n{await process.StandardError.ReadToEndAsync(deadline.Token)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
