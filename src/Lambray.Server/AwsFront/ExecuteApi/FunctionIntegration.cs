using Lambray.Aws;
using Lambray.Functions.Invocation;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Policies;
using Lambray.Resources.ApiGateway;
using Lambray.Resources.Iam;
using Lambray.Tracing.Segments;

namespace Lambray.Server.AwsFront.ExecuteApi;

/// <summary>Invokes functions for APIs, as integrations and as authorizers.</summary>
sealed partial class FunctionIntegration(Invoker invoker, FunctionPolicies policies, IamDirectory iam, AwsHome home, TimeProvider time, ILogger<FunctionIntegration> logger)
{
    const string Principal = "apigateway.amazonaws.com";

    /// <param name="uri">As the integration or authorizer names the function.</param>
    /// <param name="credentials">The role that invokes it; null when the function's own policy is asked.</param>
    /// <param name="source">The ARN of what invokes it, as that policy names it.</param>
    public async Task<FunctionOutcome> InvokeAsync(
        string uri, IReadOnlyDictionary<string, string>? stageVariables, string? credentials, Arn source, ReadOnlyMemory<byte> payload, TraceHeader trace, TimeSpan limit)
    {
        try
        {
            var function = FunctionName.Parse(FunctionUri.Fill(FunctionUri.Find(uri) ?? uri, stageVariables), qualifier: null, home);
            if (!IsAllowed(function, credentials, source))
            {
                LogNotAllowed(function.Arn(home).ToString(), source.ToString());
                return new FunctionOutcome(FunctionFault.NotAllowed);
            }
            var result = await invoker.InvokeAsync(new InvokeRequest(function, Guid.NewGuid().ToString(), payload, trace, ClientContext: null, time.GetUtcNow())).WaitAsync(limit, time);
            return new FunctionOutcome(result.FunctionError is null ? FunctionFault.None : FunctionFault.Failed, result);
        }
        catch (TimeoutException)
        {
            // The function runs on, for nobody.
            return new FunctionOutcome(FunctionFault.TimedOut);
        }
        catch (AwsException error)
        {
            LogNotInvoked(uri, error.Message);
            return new FunctionOutcome(error.Status == StatusCodes.Status429TooManyRequests ? FunctionFault.Throttled : FunctionFault.NotInvoked);
        }
    }

    bool IsAllowed(FunctionName function, string? credentials, Arn source) => credentials is null
        ? policies.Find(function)?.AllowsInvocation(Principal, source, home.AccountId) == true
        : Arn.TryParse(credentials, out var role) && iam.CheckAccess(role, "lambda:InvokeFunction", function.Arn(home).ToString()) != RoleAccess.Denied;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The policy of {Function} does not let API Gateway invoke it for {Source}")]
    partial void LogNotAllowed(string function, string source);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Function} could not be invoked for an API: {Reason}")]
    partial void LogNotInvoked(string function, string reason);
}

/// <summary>How the invocation of a function for an API ended.</summary>
/// <param name="Result">What it answered, when it ran.</param>
sealed record FunctionOutcome(FunctionFault Fault, InvokeResult? Result = null);

enum FunctionFault
{
    None,

    /// <summary>It ran and failed.</summary>
    Failed,

    TimedOut,

    Throttled,

    /// <summary>Neither its policy nor a role lets the API invoke it.</summary>
    NotAllowed,

    /// <summary>It is not there, or cannot be invoked as it is.</summary>
    NotInvoked,
}
