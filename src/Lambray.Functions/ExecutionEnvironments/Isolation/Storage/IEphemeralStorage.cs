namespace Lambray.Functions.ExecutionEnvironments.Isolation.Storage;

/// <summary>Gives every environment a <c>/tmp</c> of its own, of the size that its function has ("Configure ephemeral storage" in the Lambda Developer Guide).</summary>
interface IEphemeralStorage : IDisposable
{
    /// <summary>Where it is, for the line that the server prints when it starts.</summary>
    string Description { get; }

    /// <summary>Lets the calling thread, and what it starts, see the volumes.</summary>
    void Join();

    /// <summary>A new empty volume that every user may write; the caller owns it.</summary>
    Task<EphemeralVolume> TakeAsync(int megabytes);
}

/// <summary>The <c>/tmp</c> of one environment.</summary>
/// <param name="MountArguments">What makes bubblewrap mount it.</param>
/// <param name="RemoveAsync">Removes it with all that is in it; nothing may have it open any more.</param>
sealed record EphemeralVolume(IReadOnlyList<string> MountArguments, Func<Task> RemoveAsync);
