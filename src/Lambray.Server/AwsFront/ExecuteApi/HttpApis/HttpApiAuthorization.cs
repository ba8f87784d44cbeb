using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.ApiGateway.HttpApis;
using Lambray.Resources.Iam;
using Lambray.Resources.Iam.Policies;
using Lambray.Server.AwsFront.Authentication;
using Lambray.Server.AwsFront.Authorization;
using Lambray.Server.AwsFront.HttpEvents;

namespace Lambray.Server.AwsFront.ExecuteApi.HttpApis;

/// <summary>Whether a request of a route is let in: by a function, a token or a signature, or because the route is open ("Control and manage access to HTTP APIs").</summary>
sealed class HttpApiAuthorization(
    FunctionIntegration functions, AuthorizerVerdicts verdicts, IssuerKeys keys, SignatureVerification signatures, RequestAuthorization authorization, AwsHome home, TimeProvider time)
{
    const string Bearer = "Bearer ";

    // "Authorizer Lambda functions can run for at most 10 seconds".
    static readonly TimeSpan FunctionLimit = TimeSpan.FromSeconds(10);

    /// <returns>Null on routes that are open.</returns>
    /// <exception cref="AwsException">401 without the identity that the authorizer wants, 403 when it does not agree, 500 when it fails.</exception>
    public async Task<AuthorizedCaller?> AdmitAsync(HttpApiCall call) => call.Route.AuthorizationType switch
    {
        "AWS_IAM" => await AskPoliciesAsync(call),
        "CUSTOM" => await AskFunctionAsync(call, call.Configuration.Authorizers[call.Route.AuthorizerId!]),
        "JWT" => await CheckTokenAsync(call, call.Configuration.Authorizers[call.Route.AuthorizerId!]),
        _ => null,
    };

    async Task<AuthorizedCaller> AskFunctionAsync(HttpApiCall call, Authorizer authorizer)
    {
        var identity = new List<string>();
        foreach (var source in authorizer.IdentitySource ?? [])
            identity.Add(IdentitySource.Find(call, source) is { Length: > 0 } value ? value : throw Unauthorized());
        var key = $"{call.Api.ApiId}/{call.Stage.StageName}/{authorizer.AuthorizerId}/{string.Join('\n', identity)}";
        var isKept = authorizer.AuthorizerResultTtlInSeconds > 0;
        var verdict = isKept ? verdicts.Find(key) : null;
        if (verdict is null)
        {
            verdict = await AskAsync(call, authorizer, identity);
            if (isKept) verdicts.Keep(key, verdict, TimeSpan.FromSeconds(authorizer.AuthorizerResultTtlInSeconds!.Value));
        }
        return verdict.Allows(call.InvokedArn(home)) ? new AuthorizedCaller("lambda", verdict.Context, verdict.PrincipalId) : throw Forbidden();
    }

    async Task<AuthorizerVerdict> AskAsync(HttpApiCall call, Authorizer authorizer, IReadOnlyList<string> identity)
    {
        var payload = authorizer.AuthorizerPayloadFormatVersion == "1.0"
            ? EventFormat1.WriteAuthorizerRequest(call, identity, home)
            : EventFormat2.WriteAuthorizerRequest(call, identity, home);
        var source = home.Regional("execute-api", $"{call.Api.ApiId}/authorizers/{authorizer.AuthorizerId}");
        var outcome = await functions.InvokeAsync(authorizer.AuthorizerUri!, call.Stage.StageVariables, authorizer.AuthorizerCredentialsArn, source, payload, call.Trace, FunctionLimit);
        var verdict = outcome.Fault == FunctionFault.None ? AuthorizerVerdict.Read(outcome.Result!.Payload, authorizer.EnableSimpleResponses == true) : null;
        return verdict ?? throw new AwsException("", StatusCodes.Status500InternalServerError, "Internal Server Error");
    }

    // "Control access to HTTP APIs with JWT authorizers in API Gateway", in the order that is given there.
    async Task<AuthorizedCaller> CheckTokenAsync(HttpApiCall call, Authorizer authorizer)
    {
        var settings = authorizer.JwtConfiguration!;
        if (IdentitySource.Find(call, authorizer.IdentitySource![0]) is not { Length: > 0 } sent) throw Unauthorized();
        if (JsonWebToken.Read(sent.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? sent[Bearer.Length..] : sent) is not { } token) throw InvalidToken("the token is malformed");
        using var key = await keys.FindAsync(settings.Issuer!, token.KeyId, call.Http.RequestAborted);
        if (key is null || !token.IsSignedBy(key)) throw InvalidToken("signature verification failed");
        if (token.FindFault(settings.Issuer!, settings.Audience!, time.GetUtcNow()) is { } fault) throw InvalidToken(fault);
        var wanted = call.Route.AuthorizationScopes;
        if (wanted is { Count: > 0 } && !token.Scopes.Any(wanted.Contains)) throw Forbidden();
        return new AuthorizedCaller("jwt", Describe(token, wanted));
    }

    // All claims come as text; lists as AWS writes them.
    static JsonElement Describe(JsonWebToken token, IReadOnlyList<string>? wanted) => JsonElement.Parse(EventParts.WriteObject(json =>
    {
        json.WriteStartObject("claims");
        foreach (var claim in token.Claims.EnumerateObject())
            json.WriteString(claim.Name, claim.Value.ValueKind == JsonValueKind.Array ? $"[{string.Join(' ', claim.Value.EnumerateArray())}]" : claim.Value.ToString());
        json.WriteEndObject();
        if (wanted is not { Count: > 0 })
        {
            json.WriteNull("scopes");
            return;
        }
        json.WriteStartArray("scopes");
        foreach (var scope in token.Scopes.Where(wanted.Contains)) json.WriteStringValue(scope);
        json.WriteEndArray();
    }));

    async Task<AuthorizedCaller> AskPoliciesAsync(HttpApiCall call)
    {
        if (AwsCall.Of(call.Http).Scope is not { Service: "execute-api" }) throw Forbidden();
        var caller = await signatures.FindCallerAsync(call.Http, ExecuteApiFront.RequestBytesMax) ?? throw Forbidden();
        if (authorization.Decide(call.Http, caller, new Permission("execute-api:Invoke", call.InvokedArn(home))) != AccessDecision.Allowed) throw Forbidden();
        return new AuthorizedCaller("iam", Describe(caller, AwsCall.Of(call.Http).Scope!.Value.AccessKeyId));
    }

    static JsonElement Describe(CallerIdentity caller, string accessKey) => JsonElement.Parse(EventParts.WriteObject(json =>
    {
        json.WriteString("accessKey", accessKey);
        json.WriteString("accountId", caller.AccountId);
        json.WriteString("callerId", caller.UserId);
        json.WriteNull("cognitoIdentity");
        json.WriteNull("principalOrgId");
        json.WriteString("userArn", caller.Arn.ToString());
        json.WriteString("userId", caller.UserId);
    }));

    static AwsException InvalidToken(string reason) => new("", StatusCodes.Status401Unauthorized, "Unauthorized")
    {
        Headers = [("WWW-Authenticate", $"Bearer scope=\"\" error=\"invalid_token\" error_description=\"{reason}\"")],
    };

    static AwsException Unauthorized() => new("", StatusCodes.Status401Unauthorized, "Unauthorized")
    {
        Headers = [("WWW-Authenticate", "Bearer")],
    };

    static AwsException Forbidden() => new("", StatusCodes.Status403Forbidden, "Forbidden");
}
