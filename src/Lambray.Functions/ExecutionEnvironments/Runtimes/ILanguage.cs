namespace Lambray.Functions.ExecutionEnvironments.Runtimes;

/// <summary>One language of managed runtimes: where its interpreter is found, and how a function starts in it.</summary>
public interface ILanguage
{
    /// <summary>As its runtime identifiers begin; also the folder of its bootstrap.</summary>
    string Id { get; }

    /// <summary>As people call it.</summary>
    string Name { get; }

    /// <summary>The Debian packages that bring an interpreter.</summary>
    IReadOnlyList<string> DebianPackages { get; }

    /// <summary>Whether its bootstrap can be started before its function is known.</summary>
    bool CanWait => true;

    /// <summary>Symbolic links that sandboxes have for the language: what each leads to, by its place.</summary>
    IReadOnlyDictionary<string, string> Links => new Dictionary<string, string>();

    /// <summary>Programs to look for on the search path, or at a path of their own; those most likely of this version first.</summary>
    IEnumerable<string> Programs(LanguageVersion version);

    /// <summary>Asks a program that was found for its place and version; null when it does not work.</summary>
    Task<Interpreter?> DescribeAsync(string program);

    /// <summary>Does once, before its first function, what would cost each of them time.</summary>
    /// <param name="bootstrap">The folder of this language's bootstrap on the host.</param>
    Task PrepareAsync(Interpreter interpreter, string bootstrap) => Task.CompletedTask;

    /// <inheritdoc cref="PrepareAsync"/>
    /// <summary>How its functions start.</summary>
    RuntimeInstallation Install(Interpreter interpreter, string bootstrap);
}
