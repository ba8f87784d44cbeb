using System.Globalization;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>The files of one environment on the host.</summary>
/// <remarks>
/// <code>
/// environments/
///   6f1c…/tmp/        where nothing is mounted at <c>/tmp</c>
///   6f1c…/etc/        passwd, group, hosts, resolv.conf, nsswitch.conf
/// </code>
/// </remarks>
sealed class EnvironmentDirectory
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    readonly uint? user;
    string path;

    /// <param name="user">The user id that the environment runs as; null for the server's own.</param>
    public EnvironmentDirectory(string path, uint? user)
    {
        (this.path, this.user) = (path, user);
        Directory.CreateDirectory(path);
    }

    /// <summary>The user id that the environment runs as; null for the server's own.</summary>
    public uint? User => user;

    public string Etc => Path.Combine(path, "etc");

    /// <summary>Makes a folder for temporary files.</summary>
    public string MakeTemporary() => Directory.CreateDirectory(Path.Combine(path, "tmp"), OwnerOnly).FullName;

    public void WriteEtc(string resolverConfiguration)
    {
        Directory.CreateDirectory(Etc);
        var id = (user ?? LibC.EffectiveUserId()).ToString(CultureInfo.InvariantCulture);
        File.WriteAllText(Path.Combine(Etc, "passwd"), $"root:x:0:0:root:/root:/usr/sbin/nologin\nsbx_user:x:{id}:{id}::/tmp:/usr/sbin/nologin\n");
        File.WriteAllText(Path.Combine(Etc, "group"), $"root:x:0:\nsbx_user:x:{id}:\n");
        File.WriteAllText(Path.Combine(Etc, "hosts"), "127.0.0.1 localhost sandbox sandbox.localdomain\n");
        File.WriteAllText(Path.Combine(Etc, "resolv.conf"), resolverConfiguration);
        File.WriteAllText(Path.Combine(Etc, "nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files dns\n");
    }

    /// <summary>Has the files elsewhere from now on; who uses them already does not notice.</summary>
    public void MoveTo(string place)
    {
        Directory.Move(path, place);
        path = place;
    }

    public void Remove() => Directory.Delete(path, recursive: true);
}
