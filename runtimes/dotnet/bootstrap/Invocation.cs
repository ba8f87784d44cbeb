using System.Globalization;

namespace Lambray.DotNetRuntime;

/// <summary>One event, with what the Runtime API's <c>next</c> call tells of its invocation in headers.</summary>
sealed class Invocation(HttpAnswer answer)
{
    public byte[] Event => answer.Body;

    public string RequestId => answer.Header("Lambda-Runtime-Aws-Request-Id") ?? "";

    /// <summary>Differs between attempts of one invocation; null on platforms that do not tell.</summary>
    public string? AttemptId => answer.Header("Lambda-Runtime-Invocation-Id");

    public DateTimeOffset Deadline => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(answer.Header("Lambda-Runtime-Deadline-Ms") ?? "0", CultureInfo.InvariantCulture));

    public string? FunctionArn => answer.Header("Lambda-Runtime-Invoked-Function-Arn");

    public string? TraceHeader => answer.Header("Lambda-Runtime-Trace-Id");

    public string? ClientContext => answer.Header("Lambda-Runtime-Client-Context");

    public string? CognitoIdentity => answer.Header("Lambda-Runtime-Cognito-Identity");

    public string? TenantId => answer.Header("Lambda-Runtime-Aws-Tenant-Id");
}
