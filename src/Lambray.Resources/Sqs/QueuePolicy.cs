using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lambray.Aws;

namespace Lambray.Resources.Sqs;

/// <summary>The policy of a queue as AddPermission and RemovePermission write it.</summary>
public static partial class QueuePolicy
{
    const int ActionsMax = 7;

    static readonly HashSet<string> Actions =
    [
        "*", "SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes", "GetQueueUrl", "ListDeadLetterSourceQueues", "PurgeQueue",
    ];

    /// <param name="policy">Null for the first statement.</param>
    /// <exception cref="AwsException">The label is taken, or something is not acceptable.</exception>
    public static string Add(string? policy, string queue, string? label, IReadOnlyList<string> accounts, IReadOnlyList<string> actions)
    {
        if (label is null) throw SqsErrors.Missing("Label");
        if (!LabelRegex().IsMatch(label)) throw SqsErrors.InvalidValue(label, "Label", "Label must contain only alphanumeric characters, hyphens and underscores, 1 to 80 of them.");
        if (accounts.Count == 0) throw SqsErrors.Missing("AWSAccountIds");
        if (actions.Count == 0) throw SqsErrors.Missing("Actions");
        if (accounts.FirstOrDefault(account => !AccountRegex().IsMatch(account)) is { } noAccount)
            throw SqsErrors.InvalidValue($"Value {noAccount} for parameter PrincipalId is invalid. Reason: Unable to verify.");
        if (actions.FirstOrDefault(action => !Actions.Contains(action)) is { } noAction)
            throw SqsErrors.InvalidValue(noAction, "ActionName", "Please refer to the appropriate WSDL for a list of valid actions.");
        if (actions.Count > ActionsMax) throw SqsErrors.OverLimit($"{actions.Count} Actions were found, maximum allowed is {ActionsMax}.");
        var document = Parse(policy) ?? new JsonObject { ["Version"] = "2012-10-17", ["Id"] = $"{queue}/SQSDefaultPolicy", ["Statement"] = new JsonArray() };
        var statements = Statements(document);
        if (statements.Any(statement => IsLabelled(statement, label))) throw SqsErrors.InvalidValue(label, "Label", "Already exists.");
        statements.Add((JsonNode)new JsonObject
        {
            ["Sid"] = label,
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = OneOrMany(accounts.Select(account => $"arn:aws:iam::{account}:root")) },
            ["Action"] = OneOrMany(actions.Select(action => $"SQS:{action}")),
            ["Resource"] = queue,
        });
        return document.ToJsonString();
    }

    /// <returns>Empty when that was the last statement.</returns>
    /// <exception cref="AwsException">There is no such statement.</exception>
    public static string Remove(string? policy, string? label)
    {
        if (label is null) throw SqsErrors.Missing("Label");
        var document = Parse(policy);
        var statements = document is null ? [] : Statements(document);
        if (statements.FirstOrDefault(statement => IsLabelled(statement, label)) is not { } found)
            throw SqsErrors.InvalidValue(label, "Label", "can't find label on existing policy.");
        statements.Remove(found);
        return statements.Count == 0 ? "" : document!.ToJsonString();
    }

    static JsonObject? Parse(string? policy) => policy is null ? null : JsonNode.Parse(policy) as JsonObject;

    // A policy that was set as a whole may have one statement without a list.
    static JsonArray Statements(JsonObject document)
    {
        if (document["Statement"] is JsonArray list) return list;
        var only = document["Statement"]?.DeepClone();
        var statements = only is null ? new JsonArray() : new JsonArray(only);
        document["Statement"] = statements;
        return statements;
    }

    static bool IsLabelled(JsonNode? statement, string label) => statement?["Sid"] is JsonValue sid && sid.GetValueKind() == JsonValueKind.String && sid.GetValue<string>() == label;

    static JsonNode OneOrMany(IEnumerable<string> values)
    {
        var nodes = values.Select(value => (JsonNode)JsonValue.Create(value)).ToArray();
        return nodes.Length == 1 ? nodes[0] : new JsonArray(nodes);
    }

    [GeneratedRegex(@"^[A-Za-z0-9_\-]{1,80}\z")]
    private static partial Regex LabelRegex();

    [GeneratedRegex(@"^\d{12}\z")]
    private static partial Regex AccountRegex();
}
