namespace Lambray.Functions.Registry.Urls;

/// <summary>What a caller asks of a function's address; null means "not said".</summary>
public sealed record FunctionUrlSettings(string? AuthType, string? InvokeMode, Cors? Cors)
{
    const int HeadersMax = 100;
    const int MethodsMax = 6;
    const int OriginsMax = 100;
    const int MaxAgeSecondsMax = 86_400;

    /// <exception cref="Aws.AwsException">ValidationException with everything that is wrong.</exception>
    internal void Check(bool isNew)
    {
        var validation = new Validation();
        if (isNew) validation.Require(AuthType is not null, null, "authType", "Member must not be null");
        validation.Require(AuthType is null or "NONE" or "AWS_IAM", AuthType, "authType", "Member must satisfy enum value set: [NONE, AWS_IAM]")
            .Require(InvokeMode is null or "BUFFERED" or "RESPONSE_STREAM", InvokeMode, "invokeMode", "Member must satisfy enum value set: [BUFFERED, RESPONSE_STREAM]");
        if (Cors is { } cors)
        {
            RequireList(validation, cors.AllowHeaders, "cors.allowHeaders", HeadersMax, 0, 1024);
            RequireList(validation, cors.AllowMethods, "cors.allowMethods", MethodsMax, 0, 6);
            RequireList(validation, cors.AllowOrigins, "cors.allowOrigins", OriginsMax, 1, 253);
            RequireList(validation, cors.ExposeHeaders, "cors.exposeHeaders", HeadersMax, 0, 1024);
            validation.RequireRange(cors.MaxAge, "cors.maxAge", 0, MaxAgeSecondsMax);
        }
        validation.ThrowIfAny();
    }

    static void RequireList(Validation validation, IReadOnlyList<string>? list, string member, int countMax, int lengthMin, int lengthMax)
    {
        if (list is null) return;
        var text = $"[{string.Join(", ", list)}]";
        validation.Require(list.Count <= countMax, text, member, $"Member must have length less than or equal to {countMax}")
            // JSON's null gets past the type that says there is none.
            .Require(list.All(item => item is not null && item.Length >= lengthMin && item.Length <= lengthMax), text, member,
                $"Member must satisfy constraint: [Member must have length less than or equal to {lengthMax}, Member must have length greater than or equal to {lengthMin}, " +
                "Member must satisfy regular expression pattern: .*, Member must not be null]");
    }
}
