using System.Text;
using Lambray.Server.Cli;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace Lambray.Tests.Server.Cli;

/// <summary>Runs commands of the program in this process, and keeps what they write.</summary>
sealed class TestTerminal(string input = "", TimeProvider? time = null, params (string Name, string Value)[] variables)
{
    readonly StringBuilder output = new();
    readonly StringBuilder errors = new();

    public string Output => output.ToString();

    public string Errors => errors.ToString();

    public Task<int> RunAsync(params string[] arguments)
    {
        var terminal = new Terminal(
            Console(output), Console(errors), new MemoryStream(Encoding.UTF8.GetBytes(input)),
            name => variables.FirstOrDefault(variable => variable.Name == name).Value, time ?? new FakeTimeProvider());
        return CommandLine.RunAsync(arguments, terminal);
    }

    static IAnsiConsole Console(StringBuilder text) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(new StringWriter(text)) });
}
