using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Storage;

namespace Lambray.Tracing.AccountSettings;

/// <summary>Policies that let other services, such as SNS, send to this account's X-Ray. Whether a document is one is known upstairs, where IAM is.</summary>
public sealed partial class ResourcePolicies(SqliteDatabase database, TimeProvider time)
{
    const int PoliciesMax = 5;
    const int DocumentBytesMax = 5 * 1024;
    const int NameLengthMax = 128;
    const string MustBeNew = "0";

    readonly RecordSet<ResourcePolicyRecord> records = new(database, "resource-policy", ResourcePolicyJson.Default.ResourcePolicyRecord);

    /// <summary>By name.</summary>
    public IReadOnlyList<ResourcePolicyRecord> All => [.. records.All.Values];

    /// <param name="revision">The revision to be replaced, 0 for none, null for whichever there is.</param>
    /// <exception cref="AwsException">A limit is exceeded, or the policy is not at that revision.</exception>
    public Task<ResourcePolicyRecord> PutAsync(string? name, string document, string? revision)
    {
        XRayLimits.Text(name, "PolicyName", 1, NameLengthMax);
        if (!NamePattern.IsMatch(name!)) throw XRayErrors.InvalidRequest($"PolicyName {name} has other characters than letters, digits and _+=,.@-");
        if (Encoding.UTF8.GetByteCount(document) > DocumentBytesMax)
            throw new AwsException("PolicySizeLimitExceededException", 400, $"The policy has more than {DocumentBytesMax} bytes.");
        return records.PutAsync(all =>
        {
            RequireRevision(name!, all.GetValueOrDefault(name!)?.Revision ?? MustBeNew, revision);
            if (!all.ContainsKey(name!) && all.Count >= PoliciesMax)
                throw new AwsException("PolicyCountLimitExceededException", 400, $"There are {PoliciesMax} resource policies already, the most that can be.");
            return (name!, new ResourcePolicyRecord(name!, document, NewRevision(), time.GetUtcNow()));
        });
    }

    /// <param name="revision">The revision to be deleted; null for whichever there is.</param>
    /// <exception cref="AwsException">There is no such policy, or it is not at that revision.</exception>
    public Task DeleteAsync(string? name, string? revision) => records.RemoveAsync(all =>
    {
        XRayLimits.Text(name, "PolicyName", 1, NameLengthMax);
        var present = all.GetValueOrDefault(name!) ?? throw XRayErrors.InvalidRequest($"There is no resource policy {name}.");
        RequireRevision(name!, present.Revision, revision);
        return name!;
    });

    static void RequireRevision(string name, string present, string? wanted)
    {
        if (wanted is null || wanted == present) return;
        throw new AwsException("InvalidPolicyRevisionIdException", 400, present == MustBeNew
            ? $"There is no resource policy {name}, and so none at revision {wanted}."
            : $"The resource policy {name} is not at revision {wanted}, but at {present}.");
    }

    static string NewRevision() => Guid.NewGuid().ToString("N");

    [GeneratedRegex(@"^[\w+=,.@-]+\z")]
    static partial Regex NamePattern { get; }
}

public sealed record ResourcePolicyRecord(string Name, string Document, string Revision, DateTimeOffset UpdatedAt);

[JsonSerializable(typeof(ResourcePolicyRecord))]
sealed partial class ResourcePolicyJson : JsonSerializerContext;
