using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lambray.Functions.Registry.Policies;

/// <summary>Policies and their statements as the JSON text that the API hands out, member by member as recorded from AWS.</summary>
public static class PolicyText
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="resource">The ARN that the policy belongs to.</param>
    public static string Of(ResourcePolicy policy, string resource) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("Version", "2012-10-17");
        json.WriteString("Id", "default");
        json.WriteStartArray("Statement");
        foreach (var statement in policy.Statements) Write(json, statement, resource);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <inheritdoc cref="Of(ResourcePolicy, string)"/>
    public static string Of(PolicyStatement statement, string resource) => Write(json => Write(json, statement, resource));

    static void Write(Utf8JsonWriter json, PolicyStatement statement, string resource)
    {
        json.WriteStartObject();
        json.WriteString("Sid", statement.StatementId);
        json.WriteString("Effect", "Allow");
        WritePrincipal(json, statement.Principal, resource);
        json.WriteString("Action", statement.Action);
        json.WriteString("Resource", resource);
        if (statement.HasConditions) WriteConditions(json, statement);
        json.WriteEndObject();
    }

    static void WritePrincipal(Utf8JsonWriter json, string principal, string resource)
    {
        if (principal == "*")
        {
            json.WriteString("Principal", principal);
            return;
        }
        json.WriteStartObject("Principal");
        if (PolicyPrincipal.IsAccount(principal)) json.WriteString("AWS", $"arn:{resource.Split(':')[1]}:iam::{principal}:root");
        else json.WriteString(principal.StartsWith("arn:", StringComparison.Ordinal) ? "AWS" : "Service", principal);
        json.WriteEndObject();
    }

    static void WriteConditions(Utf8JsonWriter json, PolicyStatement statement)
    {
        json.WriteStartObject("Condition");
        WriteCondition(json, "StringEquals",
            ("AWS:SourceAccount", statement.SourceAccount), ("lambda:FunctionUrlAuthType", statement.FunctionUrlAuthType),
            ("lambda:EventSourceToken", statement.EventSourceToken), ("aws:PrincipalOrgID", statement.OrganizationId));
        WriteCondition(json, "ArnLike", ("AWS:SourceArn", statement.SourceArn));
        WriteCondition(json, "Bool", ("lambda:InvokedViaFunctionUrl", statement.InvokedViaFunctionUrl switch { true => "true", false => "false", null => null }));
        json.WriteEndObject();
    }

    static void WriteCondition(Utf8JsonWriter json, string operation, params ReadOnlySpan<(string Key, string? Value)> conditions)
    {
        var open = false;
        foreach (var (key, value) in conditions)
        {
            if (value is null) continue;
            if (!open) json.WriteStartObject(operation);
            open = true;
            json.WriteString(key, value);
        }
        if (open) json.WriteEndObject();
    }

    static string Write(Action<Utf8JsonWriter> write)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Options)) write(json);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
