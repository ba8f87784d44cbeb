namespace Lambray.Functions.ExecutionEnvironments.Extensions;

/// <summary>How the Extensions API answers an extension.</summary>
public abstract record ExtensionReply
{
    public sealed record Registered(Guid Id) : ExtensionReply;

    /// <summary>The event, once there is one.</summary>
    public sealed record Next(Task<ExtensionEvent> Event) : ExtensionReply;

    public sealed record Accepted : ExtensionReply;

    /// <param name="ErrorType">AWS's name for what is wrong.</param>
    public sealed record Refused(string ErrorType, string Message) : ExtensionReply;
}
