using System.Diagnostics;
using System.Text;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>Lets an ordinary user's server make sandboxes: it runs in a user namespace of its own, where it may make networks and mounts that concern nobody else.</summary>
/// <remarks>
/// A process with several threads cannot enter one, and .NET has several before our first line. So the program becomes
/// util-linux's <c>unshare</c>, which enters it and becomes the program again: the same process id, started twice.
/// To the outside it is the same user with the same rights as before.
/// </remarks>
public static class OwnUserNamespace
{
    const string Program = "unshare";
    const string Mark = "_LAMBRAY_USER_NAMESPACE";
    static readonly string[] Arguments = ["--user", "--map-current-user", "--keep-caps", "--"];

    /// <summary>Starts this program anew in one, if that brings anything here; then it does not return.</summary>
    public static void EnterIfUseful(string? searchPath)
    {
        if (LibC.EffectiveUserId() == 0 || Capabilities.AllowNamespaces() || Environment.GetEnvironmentVariable(Mark) is not null) return;
        if (Programs.Find(Program, searchPath) is not { } unshare || Programs.Find("bwrap", searchPath) is null || !Works(unshare)) return;
        var self = Environment.ProcessPath!;
        var arguments = Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).TrimEnd('\0').Split('\0').Skip(1);
        Environment.SetEnvironmentVariable(Mark, "1");
        var variables = Environment.GetEnvironmentVariables();
        _ = LibC.Execute(unshare, [unshare, .. Arguments, self, .. arguments, null],
            [.. variables.Keys.Cast<string>().Select(name => $"{name}={variables[name]}"), null]);
        // It returns only if it has failed; then isolation is as weak as it says.
    }

    static bool Works(string unshare)
    {
        using var probe = Process.Start(new ProcessStartInfo(unshare, [.. Arguments, "/bin/true"]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    }
}
