namespace Lambray.Bench.Functions;

/// <summary>A function that does nothing, in one of the ways to run functions.</summary>
/// <param name="Name">For people.</param>
/// <param name="Package">The folder with what is deployed, among those that <c>bench/run</c> has built.</param>
sealed record Subject(string Name, string Runtime, string Handler, string Package)
{
    /// <summary>Environment variables of the function.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>The least that starts in this language and asks for an event; none for a foreign client of a language that has one.</summary>
    public BareProgram? Bare { get; init; }
}

/// <summary>A program that connects to the address in its last argument, asks once for an event, and ends.</summary>
/// <param name="Interpreter">Its name on the search path, or a file among those that <c>bench/run</c> has built.</param>
sealed record BareProgram(string Interpreter, params IReadOnlyList<string> Arguments);
