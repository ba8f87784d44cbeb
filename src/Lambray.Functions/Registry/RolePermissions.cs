using Lambray.Aws;
using Lambray.Resources.Iam;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.Registry;

/// <summary>Some settings need an execution role that may do what Lambda does in the function's name.</summary>
public sealed partial class RolePermissions(IamDirectory iam, ILogger<RolePermissions> logger)
{
    /// <summary>Active tracing writes to X-Ray.</summary>
    /// <exception cref="AwsException">The role is known here and lacks the permission.</exception>
    public void RequireTracing(FunctionModel model)
    {
        if (model.TracingMode != TracingMode.Active) return;
        foreach (var action in (ReadOnlySpan<string>)["xray:PutTraceSegments", "xray:PutTelemetryRecords"])
            Require(model, action, "*", MayNot("PutTraceSegments on XRAY"));
    }

    /// <summary>Events that are given up are sent to a queue or a topic.</summary>
    /// <exception cref="AwsException">The role is known here and lacks the permission.</exception>
    public void RequireDeadLetters(FunctionModel model)
    {
        if (model.DeadLetterTarget is not { } target || !Arn.TryParse(target, out var arn)) return;
        if (arn.Service == "sqs") Require(model, "sqs:SendMessage", target, MayNot("SendMessage on SQS"));
        if (arn.Service == "sns") Require(model, "sns:Publish", target, MayNot("Publish on SNS"));
    }

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

    static string MayNot(string call) => $"The provided execution role does not have permissions to call {call}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Execution role {Role} of function {Function} is not known here; its permissions are not checked")]
    partial void LogUnknownRole(string role, string function);
}
