using System.Globalization;
using System.Text;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>The files of one environment on the host: its few files of <c>/etc</c>, its environment variables.</summary>
/// <remarks>
/// <code>
/// environments/
///   6f1c…/tmp/        where nothing is mounted at <c>/tmp</c>
///   6f1c…/etc/        passwd, group, hosts, resolv.conf, nsswitch.conf
///   6f1c…/variables   shell assignments, read by the last step before the runtime: not visible in any command line
/// </code>
/// </remarks>
sealed class EnvironmentDirectory
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode OwnerOnlyDirectory = OwnerOnly | UnixFileMode.UserExecute;

    readonly string path;
    readonly uint? user;

    /// <param name="user">The user id that the environment runs as; null for the server's own.</param>
    public EnvironmentDirectory(string parent, string id, uint? user)
    {
        path = Path.Combine(parent, id);
        this.user = user;
        Directory.CreateDirectory(path);
    }

    /// <summary>The user id that the environment runs as; null for the server's own.</summary>
    public uint? User => user;

    public string Variables => Path.Combine(path, "variables");

    public string Etc => Path.Combine(path, "etc");

    /// <summary>Makes a folder for temporary files.</summary>
    public string MakeTemporary() => Directory.CreateDirectory(Path.Combine(path, "tmp"), OwnerOnlyDirectory).FullName;

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

    public void WriteVariables(IReadOnlyDictionary<string, string> variables)
    {
        var script = new StringBuilder();
        foreach (var (name, value) in variables)
            script.Append(CultureInfo.InvariantCulture, $"export {name}='{value.Replace("'", "'\\''", StringComparison.Ordinal)}'\n");
        using (var file = new FileStream(Variables, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
            file.Write(Encoding.UTF8.GetBytes(script.ToString()));
        GiveAway(Variables);
    }

    public void Remove() => Directory.Delete(path, recursive: true);

    void GiveAway(string file)
    {
        if (user is { } owner && LibC.ChangeOwner(file, owner, owner) != 0) throw new IOException($"{file} could not be given to user {owner}.");
    }
}
