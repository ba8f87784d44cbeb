using Lambray.Aws;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb;

/// <summary>What DynamoDB refuses, in its words ("Error handling with DynamoDB").</summary>
public static class DynamoErrors
{
    public const string Validation = "ValidationException";
    public const string ConditionalCheckFailed = "ConditionalCheckFailedException";
    public const string TransactionCanceled = "TransactionCanceledException";
    public const string Serialization = "SerializationException";

    public static AwsException Invalid(string message) => new(Validation, 400, message);

    public static AwsException InvalidValues(string message) => Invalid($"One or more parameter values were invalid: {message}");

    public static AwsException NotSerializable(string message) => new(Serialization, 400, message);

    public static AwsException TableNotFound() => new("ResourceNotFoundException", 400, "Requested resource not found");

    /// <summary>In the words of operations on tables, which name it.</summary>
    public static AwsException TableNotFound(string name) => new("ResourceNotFoundException", 400, $"Requested resource not found: Table: {name} not found");

    public static AwsException NotFound(string message) => new("ResourceNotFoundException", 400, message);

    public static AwsException InUse(string message) => new("ResourceInUseException", 400, message);

    public static AwsException LimitExceeded(string message) => new("LimitExceededException", 400, message);

    /// <param name="item">As it is, when the caller asked to see it.</param>
    public static AwsException ConditionFailed(MapValue? item) =>
        new(ConditionalCheckFailed, 400, "The conditional request failed") { Details = item };

    public static AwsException Canceled(IReadOnlyList<CancellationReason> reasons)
    {
        var codes = string.Join(", ", reasons.Select(reason => reason.Code));
        return new AwsException(TransactionCanceled, 400, $"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]") { Details = reasons };
    }
}

/// <summary>Why one action of a transaction did not let it through; <c>None</c> for those that would have.</summary>
public sealed record CancellationReason(string Code, string? Message = null, MapValue? Item = null)
{
    public static CancellationReason None { get; } = new("None");

    /// <summary>A refusal of a single action as a transaction tells it.</summary>
    public static CancellationReason Of(AwsException error) => error.Code switch
    {
        DynamoErrors.ConditionalCheckFailed => new CancellationReason("ConditionalCheckFailed", error.Message, error.Details as MapValue),
        _ => new CancellationReason("ValidationError", error.Message),
    };
}
