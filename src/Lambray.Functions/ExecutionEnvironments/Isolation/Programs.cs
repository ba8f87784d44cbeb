namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>Finds the programs of the machine that isolation is built from.</summary>
static class Programs
{
    // An ordinary user's PATH has no folders for administrators.
    const string AdministratorsPath = ":/usr/sbin:/sbin";

    /// <param name="searchPath">Folders as in <c>PATH</c>.</param>
    public static string? Find(string name, string? searchPath) => $"{searchPath}{AdministratorsPath}"
        .Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
