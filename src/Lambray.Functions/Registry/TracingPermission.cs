using Lambray.Aws;
using Lambray.Resources.Iam;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.Registry;

/// <summary>Active tracing needs an execution role that may write to X-Ray.</summary>
sealed partial class TracingPermission(IamDirectory iam, ILogger logger)
{
    static readonly string[] Actions = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];

    /// <exception cref="AwsException">The role is known here and lacks the permission.</exception>
    public void Require(FunctionModel model)
    {
        if (model.TracingMode != TracingMode.Active || !Arn.TryParse(model.Role, out var role)) return;
        foreach (var action in Actions)
        {
            switch (iam.CheckAccess(role, action))
            {
                case RoleAccess.Denied:
                    throw LambdaErrors.InvalidParameter("The provided execution role does not have permissions to call PutTraceSegments on XRAY");
                // A role of some other account's making: people bring their templates along before their roles.
                case RoleAccess.UnknownRole:
                    LogUnknownRole(model.Role, model.Name);
                    return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Execution role {Role} of function {Function} is not known here; its permissions are not checked")]
    partial void LogUnknownRole(string role, string function);
}
