namespace Lambray.DotNetRuntime;

/// <summary>A function that cannot be loaded or called, in AWS's words; callers see this type's name.</summary>
sealed class LambdaValidationException(string message) : Exception(message);
