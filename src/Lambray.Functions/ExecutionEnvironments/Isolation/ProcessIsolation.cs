using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using Lambray.Functions.ExecutionEnvironments.ControlGroups;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>Environments as ordinary processes of the server's own user: for machines without bubblewrap and for trusted code.</summary>
/// <remarks>They share the host's files and network; each still has its own sockets, <c>/tmp</c> stand-in (<c>TMPDIR</c>) and limits.</remarks>
public sealed class ProcessIsolation : IIsolation
{
    readonly SpawnThread spawnThread = new();
    readonly IControlGroups? groups;
    readonly string directory;
    readonly Func<string> awsEndpoint;
    readonly string why;

    internal ProcessIsolation(IControlGroups? groups, string directory, Func<string> awsEndpoint, string why) =>
        (this.groups, this.directory, this.awsEndpoint, this.why) = (groups, directory, awsEndpoint, why);

    public string Description =>
        $"process ({why}: functions run as this user and see its files and network; {groups?.Description ?? "no control groups, so per-process"} limits)";

    public async Task<IsolatedProcess> StartAsync(EnvironmentPlan plan)
    {
        var group = groups?.Create(plan.Id, plan.Limits);
        EnvironmentDirectory? files = null;
        try
        {
            files = new EnvironmentDirectory(directory, plan.Id, user: null);
            return await spawnThread.RunAsync(() => Spawn(plan, files, group));
        }
        catch (Exception error) when (error is Win32Exception or SocketException or IOException or UnauthorizedAccessException)
        {
            files?.Remove();
            group?.TryRemove();
            throw new EnvironmentStartException($"An execution environment could not be started: {error.Message}", error);
        }
    }

    public void Dispose()
    {
        spawnThread.Dispose();
        groups?.Dispose();
    }

    IsolatedProcess Spawn(EnvironmentPlan plan, EnvironmentDirectory files, IControlGroup? group)
    {
        var sockets = EnvironmentSockets.OnHost();
        try
        {
            var variables = new Dictionary<string, string>(plan.Variables(new EnvironmentAddresses(
                Address(sockets.RuntimeApi), Address(sockets.XRay), awsEndpoint(),
                plan.CodeDirectory, plan.Runtime.BootstrapDirectory, plan.Runtime.LanguageDirectory)));
            variables["TMPDIR"] = files.Temporary;
            files.WriteVariables(variables);
            List<string> command =
            [
                .. LaunchCommand.Limits(group?.ProcessFiles ?? [], group is null ? plan.Limits.MemoryBytes : null),
                .. LaunchCommand.DieWithServer(),
                .. LaunchCommand.Runtime(files.Variables, plan.Runtime.Command(plan.Runtime.LanguageDirectory, plan.Runtime.BootstrapDirectory)),
            ];
            return new IsolatedProcess(ChildProcess.Start(LaunchCommand.Shell, command, [new("PATH", "/usr/bin:/bin")]), isSandboxed: false, sockets, files, group);
        }
        catch
        {
            sockets.Dispose();
            throw;
        }
    }

    static string Address(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).ToString();
}
