using Lambray.Server.Hosting;
using Xunit;

namespace Lambray.Tests.Server;

/// <summary>A whole server whose functions are plain processes, as any machine can run them.</summary>
public sealed class ProcessServer() : WholeServer(config => config with { Isolation = IsolationMode.Process }, time: null);

/// <summary>A whole server whose functions are sandboxed.</summary>
public sealed class SandboxServer() : WholeServer(config => config with { Isolation = IsolationMode.Sandbox }, time: null)
{
    public override ValueTask InitializeAsync() => IsAvailable ? base.InitializeAsync() : ValueTask.CompletedTask;

    static bool IsAvailable => Environment.IsPrivilegedProcess && File.Exists("/usr/bin/bwrap");

    public static void SkipUnlessAvailable() => Assert.SkipUnless(IsAvailable, "Sandboxes need root and bubblewrap.");
}
