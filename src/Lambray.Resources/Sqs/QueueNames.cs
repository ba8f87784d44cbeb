using System.Text.RegularExpressions;
using Lambray.Aws;

namespace Lambray.Resources.Sqs;

/// <summary>Names of queues, and the addresses made of them.</summary>
public static partial class QueueNames
{
    public const string FifoSuffix = ".fifo";

    /// <exception cref="AwsException">InvalidParameterValue, in AWS's words.</exception>
    public static void Require(string? name, bool isFifo)
    {
        if (name is null) throw SqsErrors.Missing("QueueName");
        if (name.Length == 0) throw SqsErrors.InvalidValue("Queue name cannot be empty");
        var isNamedFifo = name.EndsWith(FifoSuffix, StringComparison.Ordinal);
        if (isFifo && (!isNamedFifo || name.Length > 80 || !NameRegex().IsMatch(name[..^FifoSuffix.Length])))
            throw SqsErrors.InvalidValue(
                "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.");
        if (!isFifo && !NameRegex().IsMatch(name)) throw SqsErrors.InvalidValue("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    }

    /// <summary>The queue that an address names, by whichever host and port it was reached: <c>http://host/ACCOUNT/NAME</c>.</summary>
    /// <returns>Null for what is no address of a queue of this account.</returns>
    public static string? OfUrl(string? url, AwsHome home)
    {
        if (string.IsNullOrEmpty(url)) return null;
        var path = Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") ? uri.AbsolutePath : url;
        // Some clients give the name alone.
        return path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [.., var account, var name] when account == home.AccountId => name,
            [var name] => name,
            _ => null,
        };
    }

    [GeneratedRegex(@"^[A-Za-z0-9_\-]{1,80}\z")]
    private static partial Regex NameRegex();
}
