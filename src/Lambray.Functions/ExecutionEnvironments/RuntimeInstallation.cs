namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>A language on this machine, and the bootstrap of ours that runs functions in it.</summary>
/// <param name="LanguageDirectory">The folder that holds <c>bin/</c> with the interpreter, mounted at <c>/var/lang</c>.</param>
/// <param name="Interpreter">Path inside <paramref name="LanguageDirectory"/>.</param>
/// <param name="BootstrapDirectory">Mounted at <c>/var/runtime</c>.</param>
public sealed record RuntimeInstallation(string LanguageDirectory, string Interpreter, string BootstrapDirectory, string Bootstrap)
{
    public IEnumerable<string> Command(string languageDirectory, string runtimeDirectory) =>
        [Path.Combine(languageDirectory, Interpreter), Path.Combine(runtimeDirectory, Bootstrap)];
}
