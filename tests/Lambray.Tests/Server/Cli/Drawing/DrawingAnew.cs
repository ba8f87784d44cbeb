using System.Text;
using System.Text.RegularExpressions;
using Lambray.Server.Cli;
using Lambray.Server.Cli.Drawing;
using Spectre.Console;
using Xunit;

namespace Lambray.Tests.Server.Cli.Drawing;

public sealed class DrawingAnew : IAnsiConsoleOutput
{
    readonly StringBuilder written = new();

    TextWriter IAnsiConsoleOutput.Writer => new StringWriter(written);

    bool IAnsiConsoleOutput.IsTerminal => true;

    int IAnsiConsoleOutput.Width => 20;

    int IAnsiConsoleOutput.Height => 6;

    void IAnsiConsoleOutput.SetEncoding(Encoding encoding)
    {
    }

    [Fact]
    public void Draws_over_the_whole_of_what_was_there_however_tall_and_wide_it_is()
    {
        var terminal = NewTerminal();
        foreach (var (sign, height) in new[] { ('a', 30), ('b', 3), ('c', 5), ('d', 30) })
        {
            terminal.DrawAnew([.. Enumerable.Range(1, height).Select(number => new InkedLine($"{sign}{number} ", new string(sign, 40)))]);

            // Nothing of it has left the screen: its lines, and the one in which the cursor waits.
            var drawing = Regex.Split(written.ToString(), @"\e\[0J")[^1];
            Assert.Equal(Math.Min(height, 5), drawing.Count(letter => letter == '\n'));
            Assert.All(drawing.TrimEnd('\n').Split('\n'), line => Assert.InRange(line.Length, 1, 20));
        }

        Assert.Equal(["5", "3", "5"], Regex.Matches(written.ToString(), @"\e\[(\d+)A").Select(up => up.Groups[1].Value));
        Assert.Contains("d4 ", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("… 26 more lines", written.ToString(), StringComparison.Ordinal);
    }

    Terminal NewTerminal()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Out = this });
        return new Terminal(console, console, Stream.Null, _ => null, TimeProvider.System);
    }
}
