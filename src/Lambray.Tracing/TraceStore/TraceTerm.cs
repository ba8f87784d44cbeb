namespace Lambray.Tracing.TraceStore;

/// <summary>Something that traces are found by: a service that took part, a status, the value of an annotation.</summary>
/// <param name="Kind">What is told, such as <c>service</c>; terms of different kinds never meet.</param>
public readonly record struct TraceTerm(string Kind, string Value);
