using System.Text.RegularExpressions;

namespace Lambray.Functions.Registry.Policies;

/// <summary>Whom a permission can be given to.</summary>
static partial class PolicyPrincipal
{
    public static bool IsAccount(string principal) => AccountRegex().IsMatch(principal);

    /// <exception cref="Aws.AwsException">InvalidParameterValueException: neither everybody, an account, an ARN of IAM's nor a service.</exception>
    public static void Require(string principal)
    {
        if (principal != "*" && !IsAccount(principal) && !ArnRegex().IsMatch(principal) && !ServiceRegex().IsMatch(principal))
            throw LambdaErrors.InvalidParameter("The provided principal was invalid. Please check the principal and try again.");
    }

    [GeneratedRegex(@"^\d{12}\z")]
    private static partial Regex AccountRegex();

    [GeneratedRegex(@"^arn:aws[a-z-]*:(iam|sts)::\d{12}:\S+\z")]
    private static partial Regex ArnRegex();

    // Alexa's is the only one outside amazonaws.com.
    [GeneratedRegex(@"^([a-z0-9-]+\.)+(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal)\z")]
    private static partial Regex ServiceRegex();
}
