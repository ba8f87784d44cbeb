using Lambray.Server.Hosting;

namespace Lambray.Server.Cli;

/// <summary>Where a server of this user keeps its files.</summary>
static class ServerFiles
{
    const string Variable = "LAMBRAY_DATA_DIR";

    public static string DataDirectory(string? option, Terminal terminal) =>
        Path.GetFullPath(option ?? terminal.Variable(Variable) ?? new ServeConfig().DataDirectory);
}
