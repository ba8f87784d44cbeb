using System.Text.RegularExpressions;
using Lambray.Aws;

namespace Lambray.Functions.Registry.EventInvocation;

/// <summary>What a caller asks for in PutFunctionEventInvokeConfig or UpdateFunctionEventInvokeConfig; null means "not said".</summary>
/// <param name="HasDestinations">Whether destinations were spoken of at all, if only to say that there are none.</param>
public sealed partial record EventInvokeSettings(int? MaximumRetryAttempts, int? MaximumEventAgeInSeconds, string? OnSuccess, string? OnFailure, bool HasDestinations)
{
    const string DestinationPattern =
        @"$|kafka://([^.]([a-zA-Z0-9\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)";

    const int DestinationLengthMax = 350;
    const int RetriesMax = 2;
    const int AgeSecondsMin = 60;
    const int AgeSecondsMax = 21_600;

    /// <exception cref="AwsException">In AWS's words what is wrong.</exception>
    internal void Check()
    {
        new Validation().RequireRange(MaximumRetryAttempts, "maximumRetryAttempts", 0, RetriesMax)
            .RequireRange(MaximumEventAgeInSeconds, "maximumEventAgeInSeconds", AgeSecondsMin, AgeSecondsMax)
            .RequireLength(OnSuccess, "destinationConfig.onSuccess.destination", 0, DestinationLengthMax)
            .RequireLength(OnFailure, "destinationConfig.onFailure.destination", 0, DestinationLengthMax)
            .Require(IsDestination(OnSuccess), OnSuccess, "destinationConfig.onSuccess.destination", $"Member must satisfy regular expression pattern: {DestinationPattern}")
            .Require(IsDestination(OnFailure), OnFailure, "destinationConfig.onFailure.destination", $"Member must satisfy regular expression pattern: {DestinationPattern}")
            .ThrowIfAny();
        if (MaximumRetryAttempts is null && MaximumEventAgeInSeconds is null && !HasDestinations)
            throw LambdaErrors.InvalidParameter("You must specify at least one of error handling or destination setting.");
    }

    static bool IsDestination(string? text) => text is null || DestinationRegex().IsMatch(text);

    [GeneratedRegex(@"^(|kafka://([^.]([a-zA-Z0-9\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d)?:(\d{12})?:(.*))\z")]
    private static partial Regex DestinationRegex();
}
