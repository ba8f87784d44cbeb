using Lambray.Aws;

namespace Lambray.Tracing;

/// <summary>Checks of fields against the limits of the X-Ray API model; a mistake is told with the field's name.</summary>
public static class XRayLimits
{
    /// <exception cref="AwsException">InvalidRequestException: the text is missing, too short or too long.</exception>
    public static string Text(string? value, string field, int lengthMin, int lengthMax)
    {
        if (value is null) throw XRayErrors.InvalidMember(field, $"{field} is required.");
        return value.Length >= lengthMin && value.Length <= lengthMax
            ? value
            : throw XRayErrors.InvalidMember(field, $"{field} has {value.Length} characters; it takes {lengthMin} to {lengthMax}.");
    }

    /// <exception cref="AwsException">InvalidRequestException: the number is missing or out of its range.</exception>
    public static double Number(double? value, string field, double min, double max)
    {
        if (value is not { } number) throw XRayErrors.InvalidMember(field, $"{field} is required.");
        return number >= min && number <= max ? number : throw XRayErrors.InvalidMember(
            field, max == int.MaxValue ? $"{field} is {number}; it is at least {min}." : $"{field} is {number}; it takes {min} to {max}.");
    }

    /// <exception cref="AwsException">InvalidRequestException: the number is missing or out of its range.</exception>
    public static int Number(int? value, string field, int min, int max = int.MaxValue) => (int)Number((double?)value, field, min, max);

    /// <summary>A name that becomes part of an ARN.</summary>
    /// <exception cref="AwsException">InvalidRequestException: it has no fitting length, or characters that would break the ARN.</exception>
    public static string Name(string? value, string field, int lengthMax)
    {
        var name = Text(value, field, 1, lengthMax);
        return !name.Any(letter => letter is '/' or ':' or '*' or '?' || char.IsControl(letter))
            ? name
            : throw XRayErrors.InvalidMember(field, $"{field} may have no control characters and none of / : * ?");
    }
}
