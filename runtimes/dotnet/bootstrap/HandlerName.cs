namespace Lambray.DotNetRuntime;

/// <summary><c>ASSEMBLY::TYPE::METHOD</c>.</summary>
sealed record HandlerName(string Assembly, string Type, string Method)
{
    const string Separator = "::";
    const string ValidFormat = "The valid format is 'ASSEMBLY::TYPE::METHOD'.";

    /// <exception cref="LambdaValidationException">It has not that form.</exception>
    public static HandlerName Parse(string text)
    {
        if (text.Length == 0) throw new LambdaValidationException($"Empty lambda function handler. {ValidFormat}");
        var parts = text.Split(Separator, 3);
        if (parts.Length != 3) throw new LambdaValidationException($"Invalid lambda function handler: '{text}'. {ValidFormat}");
        return new HandlerName(Part(0, "assembly"), Part(1, "type"), Part(2, "method"));

        string Part(int index, string name) => parts[index].Trim() is { Length: > 0 } part
            ? part
            : throw new LambdaValidationException($"Invalid lambda function handler: '{text}', the {name} is missing. {ValidFormat}");
    }
}
