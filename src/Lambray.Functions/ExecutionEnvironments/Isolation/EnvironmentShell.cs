using System.Net.Sockets;
using System.Text;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>The first process of ours in an environment while it is no runtime yet: a shell that waits for <see cref="ShellOrders"/>.</summary>
sealed class EnvironmentShell(ChildProcess process, bool isSandboxed, Premises premises)
{
    /// <summary>Where the shell has sockets beside its output: its orders, and what extensions print.</summary>
    public static IReadOnlyList<int> Descriptors { get; } = [0, ShellOrders.ExtensionOutput];

    public Premises Premises => premises;

    /// <summary>The process id, on the host, of the first process inside the sandbox.</summary>
    /// <exception cref="EnvironmentStartException">It has ended.</exception>
    public int FirstInside => process.FindFirstChild() ?? throw new EnvironmentStartException("The sandbox has ended.");

    Socket Orders => process.Further[0];

    /// <summary>Waits until it takes orders: by then all that is around it has been made.</summary>
    /// <exception cref="EnvironmentStartException">It has ended.</exception>
    public async Task WaitAsync()
    {
        Tell(ShellOrders.Answer);
        if (await Orders.ReceiveAsync(new byte[ShellOrders.Answer.Length]) == 0) throw new EnvironmentStartException("The sandbox has ended.");
    }

    /// <summary>Gives it its orders, and with them itself and all that was made for it to the result.</summary>
    public IsolatedProcess Become(IReadOnlyList<string> extensions, string orders)
    {
        Tell(orders);
        if (extensions is not []) return new IsolatedProcess(process, isSandboxed, premises, new Supervisor(Orders, extensions));
        // What it was told it reads all the same.
        foreach (var socket in process.Further) socket.Dispose();
        return new IsolatedProcess(process, isSandboxed, premises, supervisor: null);
    }

    /// <summary>Ends it and removes all that was made for it.</summary>
    public async Task EndAsync()
    {
        var ended = Become([], "");
        ended.Kill();
        await ended.Ended;
        await ended.RemoveAsync();
    }

    void Tell(string orders)
    {
        try
        {
            Orders.Send(Encoding.UTF8.GetBytes(orders));
        }
        // It has ended, and whoever waits for the runtime sees that.
        catch (SocketException)
        {
        }
    }
}
