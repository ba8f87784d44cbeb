using Lambray.Functions.Registry;

namespace Lambray.Functions.Invocation.KeptEvents;

/// <summary>What a function was invoked with, kept so that it can be invoked with it again.</summary>
/// <param name="RequestId">Of the invocation, as its service segment names it.</param>
/// <param name="IsAsynchronous">Whether it was accepted for later (<c>Event</c>) or answered at once.</param>
/// <param name="ClientContext">JSON, decoded.</param>
public sealed record KeptEvent(FunctionName Function, string RequestId, bool IsAsynchronous, ReadOnlyMemory<byte> Payload, string? ClientContext, DateTimeOffset Received);
