using Lambray.Aws;

namespace Lambray.Resources.S3;

/// <summary>What keeps a version from being deleted ("Locking objects with Object Lock" in the S3 User Guide).</summary>
/// <param name="Mode"><c>GOVERNANCE</c>, which a header overrides, or <c>COMPLIANCE</c>; null without a retention.</param>
public sealed record ObjectLock(string? Mode, DateTimeOffset? RetainUntil, bool LegalHold)
{
    public const string Governance = "GOVERNANCE";
    public const string Compliance = "COMPLIANCE";

    public static readonly ObjectLock None = new(null, null, false);

    /// <exception cref="AwsException">AccessDenied while the version is held or retained.</exception>
    public void RequireDeletable(DateTimeOffset now, bool bypassesGovernance)
    {
        if (LegalHold || (RetainUntil > now && !(Mode == Governance && bypassesGovernance))) throw Protected();
    }

    /// <summary>A retention may always be made longer; shorter or weaker only as it could be deleted.</summary>
    public void RequireChangeable(ObjectLock wanted, DateTimeOffset now, bool bypassesGovernance)
    {
        var isStricter = wanted.RetainUntil >= RetainUntil && (wanted.Mode == Mode || wanted.Mode == Compliance);
        if (RetainUntil > now && !isStricter && !(Mode == Governance && bypassesGovernance)) throw Protected();
    }

    static AwsException Protected() => new("AccessDenied", 403, "Access Denied because object protected by object lock.");
}
