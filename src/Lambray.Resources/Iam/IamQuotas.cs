namespace Lambray.Resources.Iam;

/// <summary>How many and how large things may be ("IAM and AWS STS quotas" in the IAM User Guide). White space in policies does not count.</summary>
static class IamQuotas
{
    public const int ManagedPolicySizeMax = 6144;
    public const int TrustPolicySizeMax = 2048;
    public const int AttachedPoliciesMax = 10;
    public const int AccessKeysPerUser = 2;
    public const int GroupsPerUser = 10;
    public const int TagsMax = 50;

    public static void CheckSize(string document, int sizeMax, string quota)
    {
        if (SizeOf(document) > sizeMax) throw IamErrors.QuotaExceeded(quota, sizeMax);
    }

    /// <summary>All inline policies of one holder together.</summary>
    public static void CheckInlineSize(PolicyHolder holder, IEnumerable<InlinePolicy> policies)
    {
        var sizeMax = holder.Kind switch
        {
            EntityKind.Role => 10_240,
            EntityKind.Group => 5_120,
            _ => 2_048,
        };
        if (policies.Sum(policy => SizeOf(policy.Document)) > sizeMax)
            throw IamErrors.LimitExceeded($"Maximum policy size of {sizeMax} bytes exceeded for {holder.Kind.ToString().ToLowerInvariant()} {holder.Name}");
    }

    static int SizeOf(string document) => document.Count(letter => !char.IsWhiteSpace(letter));
}
