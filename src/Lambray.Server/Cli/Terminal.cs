using Lambray.Server.Cli.Drawing;
using Spectre.Console;

namespace Lambray.Server.Cli;

/// <summary>Where a command is run: what it writes to and reads from, its environment variables and its clock.</summary>
/// <remarks>Answers go to the output, everything about the command itself to the errors, so that the output can be piped on.</remarks>
/// <param name="isProcess">Whether it is that of the process itself, which then is the command's alone.</param>
public sealed class Terminal(IAnsiConsole output, IAnsiConsole errors, Stream input, Func<string, string?> environment, TimeProvider time, bool isProcess = false)
{
    // For files and pipes: wide enough for long names, narrow enough for the page of a build server.
    const int WidthElsewhere = 120;

    // How many lines may be drawn over.
    int drawnAnew;

    public static Terminal OfProcess() => new(
        AnsiConsole.Console, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }),
        Console.OpenStandardInput(), Environment.GetEnvironmentVariable, TimeProvider.System, isProcess: true);

    public TimeProvider Time { get; } = time;

    public bool IsProcess => isProcess;

    public Stream Input { get; } = input;

    public TextWriter Output => output.Profile.Out.Writer;

    public int Width => output.Profile.Out.IsTerminal ? output.Profile.Width : WidthElsewhere;

    public string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;

    public void Say(string line) => Output.WriteLine(line);

    public void Note(string line) => errors.Profile.Out.Writer.WriteLine(line);

    /// <summary>Coloured on a terminal, plain elsewhere.</summary>
    public void Draw(IEnumerable<InkedLine> lines)
    {
        foreach (var line in lines)
            if (output.Profile.Out.IsTerminal) output.Write(Palette.Paint(line));
            else Say(line.ToString());
    }

    /// <summary>Draws in the place of what was drawn anew last; elsewhere than on a terminal, below it.</summary>
    public void DrawAnew(IReadOnlyList<InkedLine> lines)
    {
        if (!output.Profile.Out.IsTerminal)
        {
            if (drawnAnew > 0) Say("");
        }
        else
        {
            if (drawnAnew > 0)
            {
                output.Cursor.MoveUp(drawnAnew);
                output.Write(new ControlCode("\e[0J"));
            }
            lines = OnScreen(lines);
        }
        Draw(lines);
        drawnAnew = lines.Count;
    }

    // What has scrolled away at the top cannot be drawn over, and a line that is broken takes more than one.
    IReadOnlyList<InkedLine> OnScreen(IReadOnlyList<InkedLine> lines)
    {
        // The cursor waits in a line of its own.
        var linesMax = Math.Max(2, output.Profile.Height - 1);
        var rest = lines.Count - (linesMax - 1);
        IEnumerable<InkedLine> shown = lines.Count <= linesMax
            ? lines
            : lines.Take(linesMax - 1).Append(new InkedLine(new InkedText($"… {rest} more lines: they need a taller terminal", Ink.Faint)));
        return [.. shown.Select(line => line.Cut(Width))];
    }

    /// <summary>Does something that may take a while, and shows that it is at it.</summary>
    public async Task<T> StepAsync<T>(string doing, Func<Task<T>> work)
    {
        if (!output.Profile.Out.IsTerminal)
        {
            Say(doing + " …");
            return await work();
        }
        var started = Time.GetTimestamp();
        var result = await output.Status().StartAsync(Markup.Escape(doing), _ => work());
        Draw([new InkedLine(new InkedText("✓ ", Ink.Ok), doing, new InkedText("  " + Durations.Of(Time.GetElapsedTime(started).TotalSeconds), Ink.Faint))]);
        return result;
    }

    public Task StepAsync(string doing, Func<Task> work) => StepAsync(doing, async () =>
    {
        await work();
        return true;
    });
}
