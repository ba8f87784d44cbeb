using Lambray.Resources.Iam.Policies;

namespace Lambray.Resources.Iam;

/// <summary>How a caller of AssumeRole wants the session to be.</summary>
public sealed record RoleSession(string Name, TimeSpan Lifetime)
{
    /// <summary>Null leaves the session all that the role has.</summary>
    public IReadOnlyList<PolicyDocument>? Policies { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public IReadOnlyList<string> TransitiveTagKeys { get; init; } = [];

    public string? SourceIdentity { get; init; }

    /// <summary>A word that the role's owner and a third party have agreed on.</summary>
    public string? ExternalId { get; init; }
}
