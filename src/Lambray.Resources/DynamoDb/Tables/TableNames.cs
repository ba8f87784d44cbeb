using System.Text.RegularExpressions;
using Lambray.Aws;

namespace Lambray.Resources.DynamoDb.Tables;

/// <summary>How tables are named in requests: by name, or by ARN.</summary>
public static partial class TableNames
{
    const int LengthMin = 3;
    const int LengthMax = 255;

    /// <summary>What another account or region has is not here, under whatever name.</summary>
    public static string NameOf(string nameOrArn, AwsHome home)
    {
        if (!Arn.TryParse(nameOrArn, out var arn)) return nameOrArn;
        return arn.Service == "dynamodb" && arn.AccountId == home.AccountId && arn.Region == home.Region && arn.Resource.StartsWith("table/", StringComparison.Ordinal)
            ? arn.Resource["table/".Length..].Split('/')[0]
            : "";
    }

    /// <exception cref="AwsException">The name is missing, too short or long, or has other characters.</exception>
    public static string Require(string? name)
    {
        if (name is null) throw DynamoErrors.Invalid("The parameter 'TableName' is required but was not present in the request");
        if (name.Length == 0) throw DynamoErrors.Invalid("Invalid table/index name.  Table/index names must be between 3 and 255 characters long, and may contain only the characters a-z, A-Z, 0-9, '_', '-', and '.'");
        if (name.StartsWith("arn:", StringComparison.Ordinal)) return name;
        if (!NameRegex().IsMatch(name))
            throw DynamoErrors.Invalid($"1 validation error detected: Value '{name}' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
        return name.Length is >= LengthMin and <= LengthMax ? name : throw DynamoErrors.Invalid("TableName must be at least 3 characters long and at most 255 characters long");
    }

    /// <summary>Whether a name can be an index's.</summary>
    public static bool IsName(string? name) => name is { Length: >= LengthMin and <= LengthMax } && NameRegex().IsMatch(name);

    [GeneratedRegex(@"^[a-zA-Z0-9_.-]+\z")]
    private static partial Regex NameRegex();
}
