using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Resources.Messaging;

namespace Lambray.Resources.Sns;

/// <summary>The policy of a topic as AddPermission and RemovePermission write it.</summary>
public static partial class TopicPolicy
{
    static readonly HashSet<string> Actions =
    [
        "Publish", "Subscribe", "GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission", "DeleteTopic", "ListSubscriptionsByTopic", "Receive",
    ];

    /// <exception cref="AwsException">InvalidParameter.</exception>
    public static string Add(string policy, string topic, string? label, IReadOnlyList<string> accounts, IReadOnlyList<string> actions)
    {
        if (string.IsNullOrEmpty(label)) throw SnsErrors.Invalid("Label");
        if (accounts.Count == 0 || accounts.Any(account => !AccountRegex().IsMatch(account))) throw SnsErrors.Invalid("AWSAccountId");
        if (actions.Count == 0 || actions.Any(action => !Actions.Contains(action))) throw SnsErrors.Invalid("Policy statement action out of service scope!");
        var statements = new LabelledStatements(policy);
        if (statements.Has(label)) throw SnsErrors.Invalid("Statement already exists");
        statements.Add(label, accounts, actions.Select(action => $"SNS:{action}"), topic);
        return statements.ToString();
    }

    /// <summary>A label that is not there is as good as removed.</summary>
    public static string Remove(string policy, string? label)
    {
        if (string.IsNullOrEmpty(label)) throw SnsErrors.Invalid("Label");
        var statements = new LabelledStatements(policy);
        statements.Remove(label);
        return statements.ToString();
    }

    [GeneratedRegex(@"^\d{12}\z")]
    private static partial Regex AccountRegex();
}
