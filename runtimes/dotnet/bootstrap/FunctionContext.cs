using System.Globalization;
using Amazon.Lambda.Core;

namespace Lambray.DotNetRuntime;

/// <summary>The context object of one invocation.</summary>
sealed class FunctionContext : ILambdaContext
{
    readonly Invocation invocation;

    FunctionContext(Invocation invocation, FunctionLog log)
    {
        this.invocation = invocation;
        Logger = new FunctionLogger(log);
        ClientContext = MobileClient.ContextOf(invocation.ClientContext)!;
        Identity = MobileClient.IdentityOf(invocation.CognitoIdentity)!;
    }

    public string AwsRequestId => invocation.RequestId;

    /// <summary>Null unless the caller sent one.</summary>
    public IClientContext ClientContext { get; }

    public string FunctionName => Variable("AWS_LAMBDA_FUNCTION_NAME");

    public string FunctionVersion => Variable("AWS_LAMBDA_FUNCTION_VERSION");

    /// <summary>Null unless a mobile application called with Amazon Cognito.</summary>
    public ICognitoIdentity Identity { get; }

    public string InvokedFunctionArn => invocation.FunctionArn ?? "";

    public ILambdaLogger Logger { get; }

    public string LogGroupName => Variable("AWS_LAMBDA_LOG_GROUP_NAME");

    public string LogStreamName => Variable("AWS_LAMBDA_LOG_STREAM_NAME");

    public int MemoryLimitInMB => int.Parse(Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), CultureInfo.InvariantCulture);

    public TimeSpan RemainingTime => invocation.Deadline - TimeProvider.System.GetUtcNow();

    public string TenantId => invocation.TenantId ?? "";

    public string TraceId => invocation.TraceHeader ?? "";

    // Typed as object: who calls it may run where the interface cannot be loaded.
    public static object Of(Invocation invocation, FunctionLog log) => new FunctionContext(invocation, log);

    static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
