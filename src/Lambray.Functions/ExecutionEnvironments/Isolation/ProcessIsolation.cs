using System.Net;
using System.Net.Sockets;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>Environments as ordinary processes of the server's own user: for machines without bubblewrap and for trusted code.</summary>
/// <remarks>They share the host's files and network; each still has its own sockets, <c>/tmp</c> stand-in (<c>TMPDIR</c>) and limits.</remarks>
public sealed class ProcessIsolation : IIsolation
{
    readonly EnvironmentLauncher launcher;
    readonly Func<string> awsEndpoint;
    readonly string why;

    internal ProcessIsolation(EnvironmentLauncher launcher, Func<string> awsEndpoint, string why) =>
        (this.launcher, this.awsEndpoint, this.why) = (launcher, awsEndpoint, why);

    public string Description =>
        $"process ({why}: functions run as this user and see its files and network; {string.Join("; ", launcher.Facts)})";

    public Task<IsolatedProcess> StartAsync(EnvironmentPlan plan) => launcher.StartAsync(
        plan, user: null, premises => Command(plan, premises.Network.Sockets, premises.Files));

    public void Dispose() => launcher.Dispose();

    IEnumerable<string> Command(EnvironmentPlan plan, EnvironmentSockets sockets, EnvironmentDirectory files)
    {
        var places = new EnvironmentAddresses(
            Address(sockets.RuntimeApi), Address(sockets.XRay), awsEndpoint(), plan.CodeDirectory,
            plan.Runtime.BootstrapDirectory ?? SandboxMounts.RuntimeDirectory, plan.Runtime.LanguageDirectory ?? SandboxMounts.LanguageDirectory,
            SandboxMounts.LayersDirectory);
        var variables = new Dictionary<string, string>(plan.Variables(places));
        variables["TMPDIR"] = files.MakeTemporary();
        files.WriteVariables(variables);
        return
        [
            .. LaunchCommand.DieWithServer(),
            .. LaunchCommand.Runtime(files.Variables, plan.Runtime.Command(places)),
        ];
    }

    static string Address(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).ToString();
}
