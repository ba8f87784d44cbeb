using Lambray.Aws;
using Lambray.Functions.Registry;

namespace Lambray.Functions.EventSources;

/// <summary>Lambda polls in the name of the function's execution role, which has to be allowed to.</summary>
static class SourceAccessCheck
{
    /// <exception cref="AwsException">InvalidParameterValueException: the role is known here and lacks a permission.</exception>
    public static void Require(RolePermissions permissions, FunctionModel function, EventSourceMapping mapping)
    {
        permissions.RequireDestination(function, mapping.Settings.DestinationConfig?.OnFailure?.Destination);
        var source = mapping.Settings.EventSourceArn ?? "*";
        foreach (var action in ActionsOf(mapping.Kind))
            permissions.Require(function, $"{PrefixOf(mapping.Kind)}:{action}", source, Refusal(mapping, action));
    }

    static string[] ActionsOf(EventSourceKind kind) => kind switch
    {
        EventSourceKind.Sqs => ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"],
        EventSourceKind.Kinesis => ["GetRecords", "GetShardIterator", "DescribeStream", "ListShards"],
        EventSourceKind.DynamoDbStreams => ["GetRecords", "GetShardIterator", "DescribeStream"],
        // Brokers ask for credentials of their own.
        _ => [],
    };

    static string PrefixOf(EventSourceKind kind) => kind switch
    {
        EventSourceKind.Sqs => "sqs",
        EventSourceKind.Kinesis => "kinesis",
        _ => "dynamodb",
    };

    static string Refusal(EventSourceMapping mapping, string action) => mapping.Kind == EventSourceKind.Sqs
        ? $"The function execution role does not have permissions to call {action} on SQS"
        : $"Cannot access stream {mapping.Settings.EventSourceArn}. Please ensure the role can perform the " +
            (mapping.Kind == EventSourceKind.Kinesis ? "GetRecords, GetShardIterator, DescribeStream, ListShards, and ListStreams" : "GetRecords, GetShardIterator, DescribeStream, and ListStreams") +
            " Actions on your stream in IAM.";
}
