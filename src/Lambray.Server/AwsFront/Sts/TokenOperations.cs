using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Sts;

/// <summary>GetCallerIdentity, AssumeRole, GetSessionToken.</summary>
static partial class TokenOperations
{
    const int ShortestSeconds = 900;

    public static Task GetCallerIdentity(HttpContext http)
    {
        var caller = Caller(http);
        return StsDoor.Service.WriteAnswer(
            http, new XElement("Arn", caller.Arn.ToString()), new XElement("UserId", caller.UserId), new XElement("Account", caller.AccountId));
    }

    public static Task AssumeRole(HttpContext http)
    {
        var request = http.GetQueryRequest();
        if (!Arn.TryParse(request.Get("RoleArn"), out var role)) throw Invalid($"{request.Get("RoleArn")} is invalid");
        var session = request.Get("RoleSessionName");
        if (!SessionNamePattern.IsMatch(session))
            throw Invalid($"1 validation error detected: Value '{session}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*");
        var credentials = Tokens(http).AssumeRole(Caller(http), role, session, Lifetime(request, 3600, 43200));
        return StsDoor.Service.WriteAnswer(
            http,
            new XElement(
                "AssumedRoleUser",
                new XElement("AssumedRoleId", credentials.Identity.UserId), new XElement("Arn", credentials.Identity.Arn.ToString())),
            Credentials(credentials));
    }

    public static Task GetSessionToken(HttpContext http)
    {
        // An hour, as for root; the default of twelve is for users, who do not exist here.
        var lifetime = Lifetime(http.GetQueryRequest(), 3600, 129600);
        return StsDoor.Service.WriteAnswer(http, Credentials(Tokens(http).Issue(Caller(http), lifetime)));
    }

    static XElement Credentials(TemporaryCredentials credentials) => new(
        "Credentials",
        new XElement("AccessKeyId", credentials.AccessKeyId), new XElement("SecretAccessKey", credentials.SecretAccessKey),
        new XElement("SessionToken", credentials.SessionToken), new XElement("Expiration", IamXml.Date(credentials.Expiration)));

    static TimeSpan Lifetime(QueryRequest request, int ordinary, int longest) =>
        TimeSpan.FromSeconds(request.FindNumber("DurationSeconds", ShortestSeconds, longest) ?? ordinary);

    static CallerIdentity Caller(HttpContext http) => Tokens(http).Caller(AwsCall.Of(http).Scope?.AccessKeyId);

    static SecurityTokens Tokens(HttpContext http) => http.RequestServices.GetRequiredService<SecurityTokens>();

    static AwsException Invalid(string message) => new("ValidationError", 400, message);

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@-]{2,64}\z")]
    static partial Regex SessionNamePattern { get; }
}
