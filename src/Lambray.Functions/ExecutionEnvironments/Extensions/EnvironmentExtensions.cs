using System.Diagnostics;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Extensions;

/// <summary>The extensions of one environment, as the Extensions API knows them ("Lambda Extensions API" in the Developer Guide).</summary>
/// <remarks>
/// External extensions are known before they register: they are the programs in <c>/opt/extensions</c>. Internal ones appear
/// by registering, as long as the init phase lasts. All of it changes under the environment's own lock, because its phases
/// end when runtime and extensions have all asked for their next event.
/// <code>
/// Started ─ register ─ Registered ─ next ─ Ready ─ event ─ Running ─ next ─ Ready …
/// </code>
/// </remarks>
public sealed class EnvironmentExtensions
{
    public const int ExtensionsMax = 10;

    readonly Lock phaseLock;
    readonly List<Extension> extensions;
    readonly IExtensionWatcher watcher;
    ExtensionEvent.Shutdown? shutdown;

    internal EnvironmentExtensions(Lock phaseLock, IEnumerable<string> external, IExtensionWatcher watcher)
    {
        (this.phaseLock, this.watcher) = (phaseLock, watcher);
        extensions = [.. external.Select(name => new Extension(name, isExternal: true))];
    }

    /// <summary>Whether any has registered.</summary>
    public bool Any => extensions.Exists(extension => extension.IsRegistered);

    internal bool AnyExternal => extensions.Exists(extension => extension.IsExternal);

    internal bool AllReady => !extensions.Exists(extension => extension.IsAtWork);

    internal IReadOnlyList<Extension> All => extensions;

    public ExtensionReply Register(string? name, IReadOnlyList<string> events)
    {
        if (string.IsNullOrEmpty(name)) return new ExtensionReply.Refused("Extension.InvalidExtensionName", "Empty extension name");
        lock (phaseLock)
        {
            var known = extensions.Find(extension => extension.Name == name);
            var external = known?.IsExternal == true;
            var types = new List<ExtensionEventType>();
            foreach (var text in events)
            {
                if (text != "INVOKE" && text != "SHUTDOWN") return new ExtensionReply.Refused("Extension.InvalidEventType", $"{text}: ErrorInvalidEventType");
                if (text == "SHUTDOWN" && !external)
                    return new ExtensionReply.Refused("Extension.InvalidEventType", $"{text}: ShutdownEventNotSupportedForInternalExtension");
                types.Add(text == "INVOKE" ? ExtensionEventType.Invoke : ExtensionEventType.Shutdown);
            }
            if (external && known!.State != ExtensionState.Started) return NotAllowed(known, ExtensionState.Registered, known.Name);
            if (!watcher.IsInitializing) return new ExtensionReply.Refused("Extension.RegistrationClosed", "Extension registration closed already");
            if (known is not null && !external) return new ExtensionReply.Refused("Extension.InvalidExtensionState", "Extension with this name already registered");
            if (known is null)
            {
                if (extensions.Count >= ExtensionsMax) return new ExtensionReply.Refused("Extension.TooManyExtensions", $"Extension limit ({ExtensionsMax}) reached");
                extensions.Add(known = new Extension(name, isExternal: false));
            }
            known.Register([.. types.Distinct()]);
            if (external && extensions.TrueForAll(extension => !extension.IsExternal || extension.IsRegistered)) watcher.ExternalsRegistered();
            return new ExtensionReply.Registered(known.Id);
        }
    }

    public ExtensionReply Next(Guid id)
    {
        lock (phaseLock)
        {
            if (Find(id) is not { } extension) return Unknown(id);
            if (extension.State is not (ExtensionState.Registered or ExtensionState.Ready or ExtensionState.Running))
                return NotAllowed(extension, ExtensionState.Ready, id.ToString());
            var next = extension.WaitForEvent();
            if (shutdown is not null) extension.TryGive(ExtensionEventType.Shutdown, shutdown);
            else watcher.ExtensionReady();
            return new ExtensionReply.Next(next);
        }
    }

    /// <summary>An extension says that it could not initialize, or that it is about to exit because of an error.</summary>
    /// <param name="state"><see cref="ExtensionState.InitError"/> or <see cref="ExtensionState.ExitError"/>.</param>
    public ExtensionReply ReportError(Guid id, ExtensionState state, string errorType)
    {
        lock (phaseLock)
        {
            if (Find(id) is not { } extension) return Unknown(id);
            if (extension.State == state) return new ExtensionReply.Accepted();
            if (extension.HasFailed || (state == ExtensionState.InitError && extension.State != ExtensionState.Registered))
                return NotAllowed(extension, state, id.ToString());
            extension.Fail(state, errorType);
            // An external one is told from a crash by this, and ends the environment when its process has ended.
            if (!extension.IsExternal) watcher.ExtensionFailed(new ExtensionFailure($"Extension.{state}", Status: null));
            return new ExtensionReply.Accepted();
        }
    }

    public string? FindName(Guid id)
    {
        lock (phaseLock) return Find(id)?.Name;
    }

    /// <summary>The process of an external extension has ended.</summary>
    /// <param name="isExpected">The environment shuts down.</param>
    internal void ExitedUnsynchronized(string name, ExitStatus status, bool isExpected)
    {
        Debug.Assert(phaseLock.IsHeldByCurrentThread);
        var extension = extensions.Find(extension => extension.IsExternal && extension.Name == name)!;
        extension.Abandon();
        if (isExpected)
        {
            extension.Exit();
            return;
        }
        // 126 and 127 are what a shell says of a program that it cannot start.
        if (extension.State == ExtensionState.Started && status.Code is 126 or 127) extension.Fail(ExtensionState.LaunchError, status.Code == 126 ? "PermissionDenied" : "NotFound");
        var type = extension.HasFailed ? extension.State.ToString() : "Crash";
        if (!extension.HasFailed) extension.Fail(ExtensionState.ExitError, "UnknownError");
        watcher.ExtensionFailed(new ExtensionFailure($"Extension.{type}", status));
    }

    internal void GiveInvokeUnsynchronized(ExtensionEvent.Invoke invoke)
    {
        Debug.Assert(phaseLock.IsHeldByCurrentThread);
        foreach (var extension in extensions) extension.TryGive(ExtensionEventType.Invoke, invoke);
    }

    /// <summary>Gives SHUTDOWN to those who asked for it, now or when they ask for their next event.</summary>
    /// <returns>The names of the external ones who did not.</returns>
    internal IReadOnlyList<string> ShutDown(ExtensionEvent.Shutdown shutdown)
    {
        lock (phaseLock)
        {
            this.shutdown = shutdown;
            foreach (var extension in extensions) extension.TryGive(ExtensionEventType.Shutdown, shutdown);
            return [.. extensions.Where(extension => extension.IsExternal && !extension.Events.Contains(ExtensionEventType.Shutdown)).Select(extension => extension.Name)];
        }
    }

    internal void AbandonUnsynchronized()
    {
        Debug.Assert(phaseLock.IsHeldByCurrentThread);
        foreach (var extension in extensions) extension.Abandon();
    }

    Extension? Find(Guid id) => extensions.Find(extension => extension.IsRegistered && extension.Id == id);

    static ExtensionReply.Refused Unknown(Guid id) => new("Extension.UnknownExtensionIdentifier", $"Unknown extension {id}");

    static ExtensionReply.Refused NotAllowed(Extension extension, ExtensionState to, string named) => new(
        "Extension.InvalidExtensionState", $"State transition from {extension.State} to {to} failed for extension {named}. Error: State transition is not allowed");
}

/// <summary>What an environment must know of its extensions; all of it is told under the environment's lock.</summary>
interface IExtensionWatcher
{
    /// <summary>Whether new extensions may still register.</summary>
    bool IsInitializing { get; }

    /// <summary>All external extensions have registered, so the runtime may start.</summary>
    void ExternalsRegistered();

    /// <summary>One more waits for its next event.</summary>
    void ExtensionReady();

    /// <summary>One has failed; the environment cannot go on.</summary>
    void ExtensionFailed(ExtensionFailure failure);
}
