namespace Lambray.Resources.ApiGateway;

/// <summary>How integrations and authorizers name a function.</summary>
/// <remarks>
/// By its ARN, or by the path of its invocation: <c>arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations</c>.
/// Parts may be <c>${stageVariables.NAME}</c>.
/// </remarks>
public static class FunctionUri
{
    const string PathStart = ":lambda:path/2015-03-31/functions/";
    const string PathEnd = "/invocations";
    const string VariableStart = "${stageVariables.";

    /// <returns>The function's ARN, its variables as they stand; null for what names no function.</returns>
    public static string? Find(string? uri)
    {
        if (uri is null || !uri.StartsWith("arn:", StringComparison.Ordinal)) return null;
        if (uri.Contains(":lambda:", StringComparison.Ordinal) && uri.Contains(":function:", StringComparison.Ordinal) && !uri.Contains(":apigateway:", StringComparison.Ordinal)) return uri;
        var start = uri.IndexOf(PathStart, StringComparison.Ordinal);
        return start >= 0 && uri.EndsWith(PathEnd, StringComparison.Ordinal) ? uri[(start + PathStart.Length)..^PathEnd.Length] : null;
    }

    /// <summary>With the values of a stage in place of its variables; one that the stage has not is empty.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string>? stageVariables)
    {
        while (text.IndexOf(VariableStart, StringComparison.Ordinal) is var start and >= 0 && text.IndexOf('}', start) is var end and >= 0)
            text = text[..start] + stageVariables?.GetValueOrDefault(text[(start + VariableStart.Length)..end]) + text[(end + 1)..];
        return text;
    }
}
