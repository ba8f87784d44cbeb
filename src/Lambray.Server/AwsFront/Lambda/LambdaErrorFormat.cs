using Lambray.Aws;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>Errors of the Lambda API: which fields the body has, and how the message's is spelt, differs by exception.</summary>
static class LambdaErrorFormat
{
    // As recorded from AWS, else as the API model has it; these write "message" in lower case and every other in upper case, or the reverse.
    static readonly HashSet<string> UpperCaseMessage = ["ResourceNotFoundException", "ServiceException", "CodeSigningConfigNotFoundException", "CodeVerificationFailedException", "ResourceInUseException"];
    static readonly HashSet<string> WithoutType = ["ValidationException", "AccessDeniedException", "RequestEntityTooLargeException"];

    public static Task WriteAsync(HttpContext http, AwsException error) => JsonErrors.WriteAsync(http, error, body =>
    {
        if (error.Reason is { } reason) body.WriteString("Reason", reason);
        if (error.HasType && !WithoutType.Contains(error.Code)) body.WriteString("Type", error.Status < 500 ? "User" : "Service");
        body.WriteString(UpperCaseMessage.Contains(error.Code) ? "Message" : "message", error.Message);
    });
}
