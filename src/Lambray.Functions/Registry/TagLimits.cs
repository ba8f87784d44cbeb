namespace Lambray.Functions.Registry;

/// <summary>What AWS allows of tags ("Using tags on Lambda functions" in the Developer Guide).</summary>
static class TagLimits
{
    const int CountMax = 50;
    const int KeyLengthMax = 128;
    const int ValueLengthMax = 256;

    /// <exception cref="Aws.AwsException">InvalidParameterValueException.</exception>
    public static void Check(IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is null) return;
        if (tags.Count > CountMax) throw LambdaErrors.InvalidParameter("Number of tags exceeds resource tag limit.");
        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > KeyLengthMax) throw LambdaErrors.InvalidParameter($"Tag keys must be 1 to {KeyLengthMax} characters long.");
            // JSON's null gets past the type that says there is none.
            if (value is null || value.Length > ValueLengthMax) throw LambdaErrors.InvalidParameter($"Tag values must be at most {ValueLengthMax} characters long.");
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) throw LambdaErrors.InvalidParameter("Tag keys must not begin with 'aws:'.");
        }
    }
}
