using System.Text.Json.Nodes;
using Lambray.Aws;
using Lambray.Resources.EventBridge;
using Lambray.Resources.Iam;
using static Lambray.Server.AwsFront.EventBridge.EventBridgeWire;

namespace Lambray.Server.AwsFront.EventBridge;

/// <summary>The policy of a bus, statement by statement or as a whole; kept, as one account needs none.</summary>
static class PermissionOperations
{
    public static async Task PutPermission(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.PermissionRequest);
        if (asked.Policy is null && (asked.StatementId is null || asked.Principal is null || asked.Action is null))
            throw EventBridgeErrors.Validation("Parameters StatementId, Principal and Action, or Policy, must be specified.");
        if (asked.Policy is { } whole) ResourcePolicy.Parse(whole);
        await Buses(http).ChangeAsync(asked.EventBusName, bus => bus with { Policy = asked.Policy ?? WithStatement(bus, asked, Home(http)) });
        await WriteNothingAsync(http);
    }

    public static async Task RemovePermission(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.PermissionRequest);
        await Buses(http).ChangeAsync(asked.EventBusName, bus =>
        {
            if (asked.RemoveAllPermissions == true) return bus with { Policy = null };
            var policy = bus.Policy is null ? null : (JsonObject)JsonNode.Parse(bus.Policy)!;
            var statements = policy?["Statement"]?.AsArray();
            if (statements?.FirstOrDefault(statement => (string?)statement!["Sid"] == asked.StatementId) is not { } found)
                throw new AwsException("ResourceNotFoundException", 400, bus.Policy is null ? "EventBus does not have a policy." : "Statement with the provided id does not exist.");
            statements.Remove(found);
            return bus with { Policy = statements.Count == 0 ? null : policy!.ToJsonString() };
        });
        await WriteNothingAsync(http);
    }

    static string WithStatement(EventBus bus, PermissionRequest asked, AwsHome home)
    {
        var policy = bus.Policy is null ? new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray() } : (JsonObject)JsonNode.Parse(bus.Policy)!;
        var statements = policy["Statement"]!.AsArray();
        foreach (var same in statements.Where(statement => (string?)statement!["Sid"] == asked.StatementId).ToArray()) statements.Remove(same);
        var statement = new JsonObject
        {
            ["Sid"] = asked.StatementId,
            ["Effect"] = "Allow",
            ["Principal"] = asked.Principal == "*" ? "*" : new JsonObject { ["AWS"] = $"arn:aws:iam::{asked.Principal}:root" },
            ["Action"] = asked.Action,
            ["Resource"] = bus.Arn(home).ToString(),
        };
        if (asked.Condition is { } condition) statement["Condition"] = new JsonObject { [condition.Type ?? ""] = new JsonObject { [condition.Key ?? ""] = condition.Value } };
        statements.Add((JsonNode)statement);
        return policy.ToJsonString();
    }
}

sealed record PermissionRequest(
    string? EventBusName, string? StatementId, string? Principal, string? Action, string? Policy, PermissionCondition? Condition, bool? RemoveAllPermissions);

sealed record PermissionCondition(string? Type, string? Key, string? Value);
