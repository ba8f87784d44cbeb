namespace Lambray.Functions.Registry.TestEvents;

/// <summary>An event to test a function with, kept for all who work on it ("Shareable test events" in the Developer Guide).</summary>
/// <param name="Event">JSON.</param>
public sealed record TestEvent(string Name, string Event, DateTimeOffset LastModified);
