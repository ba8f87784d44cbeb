using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lambray.Resources.Messaging;

/// <summary>The statements of a policy document, among which AddPermission and RemovePermission of queues and topics find theirs by a label (<c>Sid</c>).</summary>
sealed class LabelledStatements
{
    readonly JsonObject document;
    readonly JsonArray statements;

    /// <param name="policy">A document that was found valid.</param>
    public LabelledStatements(string policy)
    {
        document = (JsonObject)JsonNode.Parse(policy)!;
        if (document["Statement"] is JsonArray list)
        {
            statements = list;
            return;
        }
        // A policy that was set as a whole may have one statement without a list.
        statements = document["Statement"] is { } only ? new JsonArray(only.DeepClone()) : [];
        document["Statement"] = statements;
    }

    public bool IsEmpty => statements.Count == 0;

    public bool Has(string label) => statements.Any(statement => IsLabelled(statement, label));

    public void Add(string label, IEnumerable<string> accounts, IEnumerable<string> actions, string resource) => statements.Add((JsonNode)new JsonObject
    {
        ["Sid"] = label,
        ["Effect"] = "Allow",
        ["Principal"] = new JsonObject { ["AWS"] = OneOrMany(accounts.Select(account => $"arn:aws:iam::{account}:root")) },
        ["Action"] = OneOrMany(actions),
        ["Resource"] = resource,
    });

    public void Remove(string label)
    {
        foreach (var statement in statements.Where(statement => IsLabelled(statement, label)).ToArray()) statements.Remove(statement);
    }

    public override string ToString() => document.ToJsonString();

    static bool IsLabelled(JsonNode? statement, string label) =>
        statement?["Sid"] is JsonValue sid && sid.GetValueKind() == JsonValueKind.String && sid.GetValue<string>() == label;

    static JsonNode OneOrMany(IEnumerable<string> values)
    {
        var nodes = values.Select(value => (JsonNode)JsonValue.Create(value)).ToArray();
        return nodes.Length == 1 ? nodes[0] : new JsonArray(nodes);
    }
}
