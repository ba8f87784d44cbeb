namespace Lambray.Functions.Registry.EventInvocation;

/// <summary>How a function's asynchronous events are retried, and where their outcomes go ("Configuring error handling settings for asynchronous invocations").</summary>
/// <param name="MaximumRetryAttempts">0 to 2; null for Lambda's own 2.</param>
/// <param name="MaximumEventAgeInSeconds">60 to 21,600; null for Lambda's own 6 hours.</param>
/// <param name="OnSuccess">ARN of a destination.</param>
/// <param name="OnFailure">ARN of a destination.</param>
public sealed record EventInvokeConfig(
    int? MaximumRetryAttempts, int? MaximumEventAgeInSeconds, string? OnSuccess, string? OnFailure, DateTimeOffset LastModified);
