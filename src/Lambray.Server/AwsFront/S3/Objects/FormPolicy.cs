using System.Globalization;
using System.Text.Json;
using Lambray.Aws;

namespace Lambray.Server.AwsFront.S3.Objects;

/// <summary>What the issuer of a form lets be uploaded with it ("POST policy" in the S3 API Reference).</summary>
/// <remarks>
/// <code>
/// {"expiration": "2026-12-30T12:00:00.000Z", "conditions": [{"bucket": "pictures"}, ["starts-with", "$key", "user/"], ["content-length-range", 1, 1000]]}
/// </code>
/// </remarks>
sealed class FormPolicy
{
    // Fields that carry the policy itself, its signature, or the file.
    static readonly string[] NeedNoCondition = ["policy", "file", "x-amz-signature", "signature", "AWSAccessKeyId"];

    readonly List<(string Operator, string Field, string Value)> conditions = [];
    (long Min, long Max)? size;

    /// <returns>Null for a form without one.</returns>
    /// <exception cref="AwsException">InvalidPolicyDocument, or AccessDenied once it has expired.</exception>
    public static FormPolicy? Read(Dictionary<string, string> fields, DateTimeOffset now)
    {
        if (!fields.TryGetValue("policy", out var encoded)) return null;
        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(encoded));
            var expiration = DateTimeOffset.Parse(document.RootElement.GetProperty("expiration").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            if (now > expiration) throw new AwsException("AccessDenied", 403, "Invalid according to Policy: Policy expired.");
            var policy = new FormPolicy();
            foreach (var condition in document.RootElement.GetProperty("conditions").EnumerateArray()) policy.Add(condition);
            return policy;
        }
        catch (Exception error) when (error is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException)
        {
            throw new AwsException("InvalidPolicyDocument", 400, "Invalid Policy: Invalid JSON.");
        }
    }

    /// <exception cref="AwsException">AccessDenied, saying which condition is not met, or which field none is about.</exception>
    public void Check(string bucket, IReadOnlyDictionary<string, string> fields)
    {
        foreach (var (operation, field, value) in conditions)
        {
            var actual = field.Equals("bucket", StringComparison.OrdinalIgnoreCase) ? bucket : fields.GetValueOrDefault(field, "");
            var isMet = operation == "eq" ? actual == value : actual.StartsWith(value, StringComparison.Ordinal);
            if (!isMet) throw new AwsException("AccessDenied", 403, $"Invalid according to Policy: Policy Condition failed: [\"{operation}\", \"${field}\", \"{value}\"]");
        }
        foreach (var field in fields.Keys)
        {
            if (NeedNoCondition.Contains(field, StringComparer.OrdinalIgnoreCase) || field.StartsWith("x-ignore-", StringComparison.OrdinalIgnoreCase)) continue;
            if (!conditions.Exists(condition => condition.Field.Equals(field, StringComparison.OrdinalIgnoreCase)))
                throw new AwsException("AccessDenied", 403, $"Invalid according to Policy: Extra input fields: {field.ToLowerInvariant()}");
        }
    }

    /// <exception cref="AwsException">EntityTooSmall or EntityTooLarge.</exception>
    public void CheckSize(long bytes)
    {
        if (bytes < size?.Min) throw new AwsException("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size");
        if (bytes > size?.Max) throw new AwsException("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size");
    }

    void Add(JsonElement condition)
    {
        if (condition.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in condition.EnumerateObject()) conditions.Add(("eq", field.Name, field.Value.GetString()!));
            return;
        }
        var operation = condition[0].GetString()!.ToLowerInvariant();
        if (operation == "content-length-range") size = (Number(condition[1]), Number(condition[2]));
        else if (operation is "eq" or "starts-with") conditions.Add((operation, condition[1].GetString()!.TrimStart('$'), condition[2].GetString()!));
        else throw new FormatException(operation);
    }

    static long Number(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? long.Parse(element.GetString()!, CultureInfo.InvariantCulture) : element.GetInt64();
}
