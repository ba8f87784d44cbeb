using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Resources.ApiGateway.RestApis;
using Lambray.Resources.Iam.Policies;
using Lambray.Server.AwsFront.Authentication;
using Lambray.Server.AwsFront.Authorization;

namespace Lambray.Server.AwsFront.ExecuteApi.RestApis;

/// <summary>Whether a request of a method is let in ("Control and manage access to REST APIs in API Gateway").</summary>
sealed class RestApiAuthorization(FunctionIntegration functions, AuthorizerVerdicts verdicts, SignatureVerification signatures, RequestAuthorization authorization, AwsHome home)
{
    // An expression of the API's maker must not hold a request up.
    static readonly TimeSpan ExpressionLimit = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan FunctionLimit = TimeSpan.FromSeconds(29);

    /// <returns>Null on methods that are open.</returns>
    /// <exception cref="AwsException">401, 403, or 500 when the authorizer fails.</exception>
    public async Task<AuthorizedCaller?> AdmitAsync(RestApiCall call, DeployedRestApi deployed) => call.Method.AuthorizationType switch
    {
        "AWS_IAM" => await AskPoliciesAsync(call),
        "CUSTOM" => await AskFunctionAsync(call, deployed.Authorizers[call.Method.AuthorizerId!]),
        "COGNITO_USER_POOLS" => throw new AwsException("NotImplemented", StatusCodes.Status501NotImplemented, "Cognito user pools are not available on this server."),
        _ => null,
    };

    async Task<AuthorizedCaller> AskFunctionAsync(RestApiCall call, RestAuthorizer authorizer)
    {
        var identity = (authorizer.IdentitySource ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(source => Find(call, source)).ToList();
        if (identity.Any(string.IsNullOrEmpty)) throw Unauthorized();
        var isToken = authorizer.Type == "TOKEN";
        if (isToken && (identity is not [{ } token] || !Fits(token, authorizer.IdentityValidationExpression))) throw Unauthorized();
        var key = $"{call.Api.Id}/{call.Stage.StageName}/{authorizer.Id}/{string.Join('\n', identity)}";
        var isKept = authorizer.AuthorizerResultTtlInSeconds > 0 && identity.Count > 0;
        var verdict = isKept ? verdicts.Find(key) : null;
        if (verdict is null)
        {
            verdict = await AskAsync(call, authorizer, isToken ? RestEvent.WriteTokenRequest(call, identity[0]!, home) : RestEvent.WriteAuthorizerRequest(call, home));
            if (isKept) verdicts.Keep(key, verdict, TimeSpan.FromSeconds(authorizer.AuthorizerResultTtlInSeconds!.Value));
        }
        return verdict.Decide(call.MethodArn(home).ToString()) switch
        {
            AccessDecision.Allowed => new AuthorizedCaller("lambda", verdict.Context, verdict.PrincipalId),
            AccessDecision.ExplicitDeny => throw Denied("User is not authorized to access this resource with an explicit deny"),
            _ => throw Denied("User is not authorized to access this resource"),
        };
    }

    async Task<AuthorizerVerdict> AskAsync(RestApiCall call, RestAuthorizer authorizer, byte[] payload)
    {
        var source = home.Regional("execute-api", $"{call.Api.Id}/authorizers/{authorizer.Id}");
        var outcome = await functions.InvokeAsync(authorizer.AuthorizerUri!, call.Stage.Variables, authorizer.AuthorizerCredentials, source, payload, call.Trace, FunctionLimit);
        // The one error that an authorizer may throw and mean it.
        if (outcome.Fault == FunctionFault.Failed && System.Text.Encoding.UTF8.GetString(outcome.Result!.Payload.Span).Contains("\"errorMessage\":\"Unauthorized\"", StringComparison.Ordinal)) throw Unauthorized();
        var verdict = outcome.Fault == FunctionFault.None ? AuthorizerVerdict.Read(outcome.Result!.Payload, isSimple: false) : null;
        return verdict ?? throw new AwsException("AuthorizerConfigurationException", StatusCodes.Status500InternalServerError, "Internal server error");
    }

    async Task<AuthorizedCaller> AskPoliciesAsync(RestApiCall call)
    {
        if (AwsCall.Of(call.Http).Scope is not { Service: "execute-api" }) throw new AwsException("MissingAuthenticationTokenException", StatusCodes.Status403Forbidden, "Missing Authentication Token");
        var caller = await signatures.FindCallerAsync(call.Http, ExecuteApiFront.RequestBytesMax) ?? throw Denied("Forbidden");
        var arn = call.MethodArn(home).ToString();
        return authorization.Decide(call.Http, caller, new Permission("execute-api:Invoke", arn)) == AccessDecision.Allowed
            ? new AuthorizedCaller("iam", null, caller.UserId)
            : throw Denied($"User: {caller.Arn} is not authorized to perform: execute-api:Invoke on resource: {arn}");
    }

    static string? Find(RestApiCall call, string source) => source.Split('.', 4) switch
    {
        ["method", "request", "header", var name] => call.Request.Headers[name].FirstOrDefault(),
        ["method", "request", "querystring", var name] => call.Request.Query[name].FirstOrDefault(),
        ["stageVariables", var name] => call.Stage.Variables?.GetValueOrDefault(name),
        ["context", "httpMethod"] => call.Request.Method,
        ["context", "path"] => call.Path,
        ["context", "stage"] => call.Stage.StageName,
        ["context", "identity", "sourceIp"] => HttpEvents.EventParts.SourceIp(call.Request),
        ["context", "identity", "userAgent"] => call.Request.Headers.UserAgent.ToString(),
        _ => null,
    };

    static bool Fits(string token, string? expression)
    {
        if (string.IsNullOrEmpty(expression)) return true;
        try
        {
            return Regex.IsMatch(token, $"^(?:{expression})$", RegexOptions.None, ExpressionLimit);
        }
        catch (Exception error) when (error is ArgumentException or RegexMatchTimeoutException)
        {
            return false;
        }
    }

    static AwsException Unauthorized() => new("UnauthorizedException", StatusCodes.Status401Unauthorized, "Unauthorized");

    static AwsException Denied(string message) => new("AccessDeniedException", StatusCodes.Status403Forbidden, message);
}
