using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Lambray.Tests.Server.Isolation;

/// <summary>A user of this machine with no rights at all, not even an entry in <c>/etc/passwd</c>.</summary>
sealed class OrdinaryUser : IDisposable
{
    public const uint Id = 64_123;
    static readonly string IdText = Id.ToString(CultureInfo.InvariantCulture);

    readonly TemporaryDirectory device = new();

    public TemporaryDirectory Data { get; } = new();

    /// <summary>What makes a command his. Tunnels are open to all users on most machines, but not on all: he gets a device file of his own.</summary>
    public IReadOnlyList<string> Wrapper { get; }

    OrdinaryUser() => Wrapper =
    [
        "unshare", "--mount", "sh", "-c", $"if [ -e {Tunnel} ]; then mount --bind {Tunnel} /dev/net/tun; fi; exec \"$@\"", "sh",
        "setpriv", "--reuid", IdText, "--regid", IdText, "--clear-groups", "env", $"HOME={Data.Path}",
    ];

    string Tunnel => Path.Combine(device.Path, "tun");

    /// <summary>Skips the test where nobody can become this user, or where he cannot read the program.</summary>
    public static OrdinaryUser Become()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/bwrap"), "Only root can become another user; and sandboxes need bubblewrap.");
        var user = new OrdinaryUser();
        Run("chown", IdText, user.Data.Path);
        Run("chmod", "755", user.device.Path);
        if (File.Exists("/dev/net/tun"))
        {
            Run("mknod", "--mode=666", user.Tunnel, "c", "10", "200");
        }
        var isReadable = Run([.. user.Wrapper, "test", "-r", Path.Combine(AppContext.BaseDirectory, "lambray.dll"), "-a", "-x", Environment.ProcessPath!]) == 0;
        var mayMakeNamespaces = Run([.. user.Wrapper, "unshare", "--user", "true"]) == 0;
        if (!isReadable || !mayMakeNamespaces) user.Dispose();
        Assert.SkipUnless(isReadable, "Other users cannot read this folder.");
        Assert.SkipUnless(mayMakeNamespaces, "This machine lets only root make namespaces.");
        return user;
    }

    public void Dispose()
    {
        Data.Dispose();
        device.Dispose();
    }

    static int Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
