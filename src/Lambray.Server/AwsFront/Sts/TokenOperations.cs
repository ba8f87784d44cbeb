using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Resources.Iam.Policies;
using Lambray.Server.AwsFront.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Sts;

/// <summary>AssumeRole, GetSessionToken, GetFederationToken.</summary>
static partial class TokenOperations
{
    const int ShortestSeconds = 900;
    const int HourSeconds = 3600;
    const int LongestSeconds = 129_600;

    // "IAM and AWS STS quotas": of all session policies together, in plain text.
    const int SessionPolicySizeMax = 2048;
    const int SessionPoliciesMax = 10;

    public static async Task AssumeRole(HttpContext http)
    {
        var request = http.GetQueryRequest();
        if (!Arn.TryParse(request.Get("RoleArn"), out var role)) throw Invalid($"{request.Get("RoleArn")} is invalid");
        var session = new RoleSession(Name(request, "RoleSessionName", 64), Lifetime(request, HourSeconds, 43_200))
        {
            Policies = SessionPolicies(http, request),
            Tags = TagsOf(request),
            TransitiveTagKeys = [.. request.Members("TransitiveTagKeys")],
            SourceIdentity = request.Find("SourceIdentity") is null ? null : Name(request, "SourceIdentity", 64),
            ExternalId = request.Find("ExternalId"),
        };
        var credentials = await Tokens(http).AssumeRoleAsync(AwsCall.Caller(http), role, session);
        List<XElement> answer =
        [
            new("AssumedRoleUser", new XElement("AssumedRoleId", credentials.Identity.UserId), new XElement("Arn", credentials.Identity.Arn.ToString())),
            Credentials(credentials),
        ];
        if (session.Policies is not null || session.Tags.Count > 0) answer.Add(new XElement("PackedPolicySize", PackedSize(request)));
        if (credentials.Identity.SourceIdentity is { } source) answer.Add(new XElement("SourceIdentity", source));
        await StsDoor.Service.WriteAnswer(http, [.. answer]);
    }

    public static async Task GetSessionToken(HttpContext http)
    {
        var caller = AwsCall.Caller(http);
        if (caller.IsSession) throw new AwsException("AccessDenied", 403, "Cannot call GetSessionToken with session credentials");
        // Root's may last an hour, a user's half a day unless told otherwise.
        var lifetime = Lifetime(http.GetQueryRequest(), caller.IsRoot ? HourSeconds : 43_200, LongestSeconds);
        await StsDoor.Service.WriteAnswer(http, Credentials(await Tokens(http).IssueAsync(caller with { IsTemporary = true }, lifetime)));
    }

    public static async Task GetFederationToken(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var caller = AwsCall.Caller(http);
        if (caller.IsSession) throw new AwsException("AccessDenied", 403, "Cannot call GetFederationToken with session credentials");
        var name = Name(request, "Name", 32);
        // Without a policy of its own such a session may do nothing that a resource does not let it.
        var identity = CallerIdentity.FederatedUser(caller, name) with { SessionPolicies = SessionPolicies(http, request) ?? [], SessionTags = TagsOf(request) };
        var credentials = await Tokens(http).IssueAsync(identity, Lifetime(request, caller.IsRoot ? HourSeconds : 43_200, LongestSeconds));
        await StsDoor.Service.WriteAnswer(
            http, Credentials(credentials),
            new XElement("FederatedUser", new XElement("FederatedUserId", identity.UserId), new XElement("Arn", identity.Arn.ToString())),
            new XElement("PackedPolicySize", PackedSize(request)));
    }

    static PolicyDocument[]? SessionPolicies(HttpContext http, QueryRequest request)
    {
        var arns = Arns(request).ToArray();
        if (request.Find("Policy") is null && arns.Length == 0) return null;
        if (arns.Length > SessionPoliciesMax) throw Invalid($"1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to {SessionPoliciesMax}");
        var managed = http.RequestServices.GetRequiredService<ManagedPolicies>();
        var documents = arns.Select(arn => managed.GetPolicy(arn).Document).ToList();
        if (request.Find("Policy") is { } inline)
        {
            if (inline.Length > SessionPolicySizeMax) throw new AwsException("PackedPolicyTooLarge", 400, $"Packed policy consumes {PackedSize(request)}% of allotted space, please use smaller policy.");
            documents.Add(inline);
        }
        return [.. documents.Select(document => PolicyDocument.Parse(document, PolicyKind.Identity))];
    }

    static IEnumerable<string> Arns(QueryRequest request)
    {
        for (var i = 1; request.Find($"PolicyArns.member.{i}.arn") is { } arn; i++) yield return arn;
    }

    static Tag[] TagsOf(QueryRequest request)
    {
        var tags = TagOperations.TagsOf(request);
        if (tags.DistinctBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase).Count() < tags.Length)
            throw new AwsException("InvalidParameterValue", 400, "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        return tags;
    }

    // AWS packs policy and tags into the token, and tells how much of the room there they take; here nothing is packed.
    static int PackedSize(QueryRequest request) =>
        Math.Max(1, 100 * ((request.Find("Policy")?.Length ?? 0) + Arns(request).Sum(arn => arn.Length) + TagOperations.TagsOf(request).Sum(tag => tag.Key.Length + tag.Value.Length)) / SessionPolicySizeMax);

    static XElement Credentials(TemporaryCredentials credentials) => new(
        "Credentials",
        new XElement("AccessKeyId", credentials.AccessKeyId), new XElement("SecretAccessKey", credentials.SecretAccessKey),
        new XElement("SessionToken", credentials.SessionToken), new XElement("Expiration", IamXml.Date(credentials.Expiration)));

    static TimeSpan Lifetime(QueryRequest request, int ordinary, int longest) =>
        TimeSpan.FromSeconds(request.FindNumber("DurationSeconds", ShortestSeconds, longest) ?? ordinary);

    static string Name(QueryRequest request, string parameter, int lengthMax)
    {
        var name = request.Get(parameter);
        return name.Length <= lengthMax && NamePattern.IsMatch(name) ? name : throw Invalid(
            $"1 validation error detected: Value '{name}' at '{char.ToLowerInvariant(parameter[0])}{parameter[1..]}' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*");
    }

    static SecurityTokens Tokens(HttpContext http) => http.RequestServices.GetRequiredService<SecurityTokens>();

    static AwsException Invalid(string message) => new("ValidationError", 400, message);

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@-]{2,64}\z")]
    static partial Regex NamePattern { get; }
}
