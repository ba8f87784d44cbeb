using Lambray.Functions.Registry;

namespace Lambray.Functions.Invocation.Events;

/// <summary>What holds for the asynchronous events of one function, version or alias, Lambda's own defaults included.</summary>
/// <param name="OnSuccess">ARN of a destination; null when nobody is to be told.</param>
/// <param name="OnFailure">ARN of a destination; null when nobody is to be told.</param>
/// <param name="DeadLetterTarget">ARN of a queue or topic; null when there is none.</param>
sealed record EventSettings(int RetriesMax, TimeSpan AgeMax, string? OnSuccess, string? OnFailure, string? DeadLetterTarget)
{
    public static readonly EventSettings Default = new(EventRetry.RetriesMax, EventRetry.AgeMax, null, null, null);

    public static EventSettings Of(InvocationTarget target)
    {
        var settings = Default with { DeadLetterTarget = target.Function.DeadLetterTarget };
        if (!target.Registered.EventInvokeConfigs.TryGetValue(target.Qualifier, out var config)) return settings;
        return settings with
        {
            RetriesMax = config.MaximumRetryAttempts ?? settings.RetriesMax,
            AgeMax = config.MaximumEventAgeInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : settings.AgeMax,
            OnSuccess = config.OnSuccess,
            OnFailure = config.OnFailure,
        };
    }
}
