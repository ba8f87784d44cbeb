using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lambray.Aws;

namespace Lambray.Resources.Sns;

/// <summary>The policy of a topic as AddPermission and RemovePermission write it.</summary>
public static partial class TopicPolicy
{
    static readonly HashSet<string> Actions =
    [
        "Publish", "Subscribe", "GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission", "DeleteTopic", "ListSubscriptionsByTopic", "Receive",
    ];

    /// <exception cref="AwsException">InvalidParameter.</exception>
    public static string Add(string policy, string topic, string? label, IReadOnlyList<string> accounts, IReadOnlyList<string> actions)
    {
        if (string.IsNullOrEmpty(label)) throw SnsErrors.Invalid("Label");
        if (accounts.Count == 0 || accounts.Any(account => !AccountRegex().IsMatch(account))) throw SnsErrors.Invalid("AWSAccountId");
        if (actions.Count == 0 || actions.Any(action => !Actions.Contains(action))) throw SnsErrors.Invalid("Policy statement action out of service scope!");
        var (document, statements) = Read(policy);
        if (statements.Any(statement => IsLabelled(statement, label))) throw SnsErrors.Invalid("Statement already exists");
        statements.Add((JsonNode)new JsonObject
        {
            ["Sid"] = label,
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = OneOrMany(accounts.Select(account => $"arn:aws:iam::{account}:root")) },
            ["Action"] = OneOrMany(actions.Select(action => $"SNS:{action}")),
            ["Resource"] = topic,
        });
        return document.ToJsonString();
    }

    /// <summary>A label that is not there is as good as removed.</summary>
    public static string Remove(string policy, string? label)
    {
        if (string.IsNullOrEmpty(label)) throw SnsErrors.Invalid("Label");
        var (document, statements) = Read(policy);
        foreach (var statement in statements.Where(statement => IsLabelled(statement, label)).ToArray()) statements.Remove(statement);
        return document.ToJsonString();
    }

    static (JsonObject Document, JsonArray Statements) Read(string policy)
    {
        var document = (JsonObject)JsonNode.Parse(policy)!;
        if (document["Statement"] is JsonArray list) return (document, list);
        // A policy that was set as a whole may have one statement without a list.
        var statements = new JsonArray(document["Statement"]!.DeepClone());
        document["Statement"] = statements;
        return (document, statements);
    }

    static bool IsLabelled(JsonNode? statement, string label) => statement?["Sid"]?.GetValue<string>() == label;

    static JsonNode OneOrMany(IEnumerable<string> values)
    {
        var nodes = values.Select(value => (JsonNode)JsonValue.Create(value)).ToArray();
        return nodes.Length == 1 ? nodes[0] : new JsonArray(nodes);
    }

    [GeneratedRegex(@"^\d{12}\z")]
    private static partial Regex AccountRegex();
}
