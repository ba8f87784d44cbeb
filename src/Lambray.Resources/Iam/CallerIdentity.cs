using Lambray.Aws;
using Lambray.Resources.Iam.Policies;

namespace Lambray.Resources.Iam;

/// <summary>Who makes a request, as GetCallerIdentity tells it: the account's root, a user, or a session of a role or user.</summary>
/// <param name="Role">The role whose session this is; null for everybody else.</param>
public sealed record CallerIdentity(string AccountId, Arn Arn, string UserId, Arn? Role = null)
{
    /// <summary>A request that nobody signed.</summary>
    public static readonly CallerIdentity Anonymous = new("anonymous", new Arn("aws", "iam", "", "", "anonymous"), "anonymous");

    /// <summary>The service that speaks, such as <c>s3.amazonaws.com</c>; null when it is none.</summary>
    public string? Service { get; init; }

    /// <summary>The user or root in whose name a federated user acts.</summary>
    public Arn? Issuer { get; init; }

    /// <summary>What the session was narrowed down to; null when it was not.</summary>
    public IReadOnlyList<PolicyDocument>? SessionPolicies { get; init; }

    public IReadOnlyList<Tag> SessionTags { get; init; } = [];

    /// <summary>Those that go along when the session takes another role.</summary>
    public IReadOnlyList<string> TransitiveTagKeys { get; init; } = [];

    public string? SourceIdentity { get; init; }

    public bool IsAnonymous => UserId == "anonymous";

    public bool IsRoot => Principal is { Service: "iam", Resource: "root" };

    /// <summary>Whether this is temporary: what must not be done in a session, such as asking for a session token, is known by it.</summary>
    public bool IsSession => Arn.Service == "sts" || IsTemporary;

    /// <summary>Of a user or root with a session token.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>Whose policies hold: the role of a session, the user, the root.</summary>
    public Arn Principal => Role ?? Issuer ?? Arn;

    public static CallerIdentity Root(AwsHome home) => new(home.AccountId, home.Global("iam", "root"), home.AccountId);

    public static CallerIdentity User(Arn user, string userId) => new(user.AccountId, user, userId);

    public static CallerIdentity OfService(string service) => new("aws", new Arn("aws", "iam", "", "aws", service), service) { Service = service };

    public static CallerIdentity Session(Arn role, string roleId, string sessionName) => new(
        role.AccountId, new Arn(role.Partition, "sts", "", role.AccountId, $"assumed-role/{role.ResourceName}/{sessionName}"), $"{roleId}:{sessionName}", role);

    public static CallerIdentity FederatedUser(CallerIdentity issuer, string name) => new(
        issuer.AccountId, new Arn(issuer.Arn.Partition, "sts", "", issuer.AccountId, $"federated-user/{name}"), $"{issuer.AccountId}:{name}")
    {
        Issuer = issuer.Principal,
    };

    /// <summary>Adds what condition keys and policy variables tell of the caller.</summary>
    public RequestContext Describe(RequestContext context)
    {
        if (IsAnonymous) return context.Set("aws:PrincipalType", "Anonymous").Set("aws:userid", UserId);
        context.Set("aws:PrincipalIsAWSService", Service is null ? "false" : "true").Set("aws:ViaAWSService", "false");
        if (Service is not null) return context.Set("aws:PrincipalServiceName", Service);
        context.Set("aws:PrincipalArn", Principal.ToString()).Set("aws:PrincipalAccount", AccountId).Set("aws:userid", UserId)
            .Set("aws:PrincipalType", Role is not null ? "AssumedRole" : Issuer is not null ? "FederatedUser" : IsRoot ? "Account" : "User")
            .Set("aws:SourceIdentity", SourceIdentity);
        if (Arn is { Service: "iam", Resource: var resource } && resource.StartsWith("user/", StringComparison.Ordinal)) context.Set("aws:username", Arn.ResourceName);
        foreach (var tag in SessionTags) context.Set($"aws:PrincipalTag/{tag.Key}", tag.Value);
        return context;
    }
}
