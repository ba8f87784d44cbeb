using Lambray.Aws;
using Lambray.Resources.Iam;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.Registry;

/// <summary>Some settings need an execution role that may do what Lambda does in the function's name.</summary>
public sealed partial class RolePermissions(IamDirectory iam, ExecutionRoleRule rule, ILogger<RolePermissions> logger)
{
    const string Lambda = "lambda.amazonaws.com";

    /// <summary>A function's role is there and trusts Lambda, where that is asked for; elsewhere it is a warning.</summary>
    /// <exception cref="AwsException">InvalidParameterValueException.</exception>
    public void RequireAssumable(FunctionModel model)
    {
        var role = Arn.TryParse(model.Role, out var arn) ? iam.FindRole(arn) : null;
        if (role is not null && iam.TrustsService(role, Lambda)) return;
        if (rule.MustBeAssumable) throw LambdaErrors.InvalidParameter("The role defined for the function cannot be assumed by Lambda.");
        if (role is not null) LogUntrusting(model.Role, model.Name);
    }

    static readonly string MayNotTrace = MayNot("PutTraceSegments on XRAY");

    /// <summary>Active tracing writes to X-Ray.</summary>
    /// <exception cref="AwsException">The role is known here and lacks the permission.</exception>
    public void RequireTracing(FunctionModel model)
    {
        if (model.TracingMode != TracingMode.Active) return;
        foreach (var action in (ReadOnlySpan<string>)["xray:PutTraceSegments", "xray:PutTelemetryRecords"])
            Require(model, action, "*", MayNotTrace);
    }

    /// <summary>Whether this is what <see cref="RequireTracing"/> refuses with.</summary>
    public static bool IsTracingRefusal(AwsException error) => error.Message == MayNotTrace;

    /// <summary>Events that are given up are sent to a queue or a topic.</summary>
    /// <exception cref="AwsException">The role is known here and lacks the permission.</exception>
    public void RequireDeadLetters(FunctionModel model)
    {
        if (Arn.TryParse(model.DeadLetterTarget, out var arn) && arn.Service is "sqs" or "sns") RequireDestination(model, model.DeadLetterTarget);
    }

    /// <summary>What became of events is sent to a function, queue, topic, bus or bucket.</summary>
    /// <exception cref="AwsException">The role is known here and lacks the permission.</exception>
    public void RequireDestination(FunctionModel model, string? destination)
    {
        if (Arn.TryParse(destination, out var arn) && DeliveryTo(arn) is { } delivery) Require(model, delivery.Action, delivery.Resource, MayNot(delivery.Call));
    }

    /// <summary>Whether the execution role may send to this destination; one that is not known here may.</summary>
    public bool AllowsDestination(FunctionModel model, Arn destination) =>
        DeliveryTo(destination) is not { } delivery || Allows(model, delivery.Action, delivery.Resource);

    /// <summary>Whether the execution role may do this; one that is not known here may.</summary>
    public bool Allows(FunctionModel model, string action, string resource) =>
        !Arn.TryParse(model.Role, out var role) || iam.CheckAccess(role, action, resource) != RoleAccess.Denied;

    /// <summary>The execution role may do this, or is not known here.</summary>
    /// <exception cref="AwsException">InvalidParameterValueException, with this text: the role is known here and lacks the permission.</exception>
    public void Require(FunctionModel model, string action, string resource, string refusal)
    {
        if (!Arn.TryParse(model.Role, out var role)) return;
        switch (iam.CheckAccess(role, action, resource))
        {
            case RoleAccess.Denied:
                throw LambdaErrors.InvalidParameter(refusal);
            // A role of some other account's making: people bring their templates along before their roles.
            case RoleAccess.UnknownRole:
                LogUnknownRole(model.Role, model.Name);
                return;
        }
    }

    // What Lambda does to deliver, and how AWS's refusal names it.
    static (string Action, string Resource, string Call)? DeliveryTo(Arn destination) => destination.Service switch
    {
        "lambda" => ("lambda:InvokeFunction", destination.ToString(), "InvokeFunction on LAMBDA"),
        "sqs" => ("sqs:SendMessage", destination.ToString(), "SendMessage on SQS"),
        "sns" => ("sns:Publish", destination.ToString(), "Publish on SNS"),
        "events" => ("events:PutEvents", destination.ToString(), "PutEvents on EVENTBRIDGE"),
        "s3" => ("s3:PutObject", $"{destination}/*", "PutObject on S3"),
        _ => null,
    };

    static string MayNot(string call) => $"The provided execution role does not have permissions to call {call}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Execution role {Role} of function {Function} does not trust Lambda; AWS would refuse it")]
    partial void LogUntrusting(string role, string function);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Execution role {Role} of function {Function} is not known here; its permissions are not checked")]
    partial void LogUnknownRole(string role, string function);
}

/// <summary>What a function's execution role has to be.</summary>
/// <param name="MustBeAssumable">Known here, with a trust policy that names Lambda, as AWS wants it.</param>
public sealed record ExecutionRoleRule(bool MustBeAssumable);
