namespace Lambray.Server.ConsoleApi.Functions;

/// <summary>What a form proposes for a runtime.</summary>
static class RuntimeGuide
{
    /// <summary>The handler that the first example of each language in the Lambda Developer Guide has.</summary>
    public static string HandlerOf(string runtime) => runtime switch
    {
        _ when runtime.StartsWith("python", StringComparison.Ordinal) => "lambda_function.lambda_handler",
        _ when runtime.StartsWith("java", StringComparison.Ordinal) => "example.Handler::handleRequest",
        _ when runtime.StartsWith("dotnet", StringComparison.Ordinal) => "Assembly::Namespace.Function::FunctionHandler",
        _ when runtime.StartsWith("ruby", StringComparison.Ordinal) => "lambda_function.lambda_handler",
        _ when runtime.StartsWith("provided", StringComparison.Ordinal) => "bootstrap",
        _ => "index.handler",
    };
}
