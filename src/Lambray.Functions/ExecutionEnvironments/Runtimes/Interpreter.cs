namespace Lambray.Functions.ExecutionEnvironments.Runtimes;

/// <summary>A program on this machine that runs a language, as it described itself.</summary>
/// <param name="Program">The program itself, behind whatever links and wrappers lead to it.</param>
/// <param name="LanguageDirectory">The folder that it needs around it, mounted at <c>/var/lang</c>.</param>
/// <param name="FullVersion">For people: <c>3.11.2</c>.</param>
public sealed record Interpreter(string Program, string LanguageDirectory, string FullVersion)
{
    /// <summary>The path of <see cref="Program"/> where the language's folder is <paramref name="languageDirectory"/>.</summary>
    public string In(string languageDirectory) => Path.Combine(languageDirectory, Path.GetRelativePath(LanguageDirectory, Program));

    /// <summary>One that lies in a folder <c>bin</c> of its language, as nearly all do.</summary>
    /// <param name="answer">Two lines that the interpreter printed about itself: its path and its version.</param>
    public static Interpreter? FromAnswer(string? answer)
    {
        if (answer?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var path, var version] || !File.Exists(path)) return null;
        var program = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        return new Interpreter(program, Path.GetDirectoryName(Path.GetDirectoryName(program))!, version);
    }
}
