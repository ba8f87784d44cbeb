using System.Security.Cryptography;
using System.Text;
using Lambray.Aws;

namespace Lambray.Resources.Iam;

/// <summary>The ids that IAM gives besides names: a prefix that tells the kind, then capitals and digits (<c>AROA…</c> a role, <c>ASIA…</c> a temporary access key).</summary>
static class UniqueId
{
    public const string RolePrefix = "AROA";
    public const string UserPrefix = "AIDA";
    public const string GroupPrefix = "AGPA";
    public const string InstanceProfilePrefix = "AIPA";
    public const string PolicyPrefix = "ANPA";
    public const string AccessKeyPrefix = "AKIA";
    public const string TemporaryKeyPrefix = "ASIA";
    const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Create(string prefix) => prefix + RandomNumberGenerator.GetString(Alphabet, LengthAfter(prefix));

    /// <summary>Always the same id for the same ARN.</summary>
    public static string For(string prefix, Arn arn)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(arn.ToString()));
        return prefix + string.Concat(hash.Take(LengthAfter(prefix)).Select(value => Alphabet[value % Alphabet.Length]));
    }

    /// <summary>Access key ids are 20 characters long, the ids of roles and policies 21.</summary>
    static int LengthAfter(string prefix) => (prefix is TemporaryKeyPrefix or AccessKeyPrefix ? 20 : 21) - prefix.Length;
}
