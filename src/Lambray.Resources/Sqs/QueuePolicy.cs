using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Resources.Messaging;

namespace Lambray.Resources.Sqs;

/// <summary>The policy of a queue as AddPermission and RemovePermission write it.</summary>
public static partial class QueuePolicy
{
    const int ActionsMax = 7;

    static readonly HashSet<string> Actions =
    [
        "*", "SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes", "GetQueueUrl", "ListDeadLetterSourceQueues", "PurgeQueue",
    ];

    /// <param name="policy">Null for the first statement.</param>
    /// <exception cref="AwsException">The label is taken, or something is not acceptable.</exception>
    public static string Add(string? policy, string queue, string? label, IReadOnlyList<string> accounts, IReadOnlyList<string> actions)
    {
        if (label is null) throw SqsErrors.Missing("Label");
        if (!LabelRegex().IsMatch(label)) throw SqsErrors.InvalidValue(label, "Label", "Label must contain only alphanumeric characters, hyphens and underscores, 1 to 80 of them.");
        if (accounts.Count == 0) throw SqsErrors.Missing("AWSAccountIds");
        if (actions.Count == 0) throw SqsErrors.Missing("Actions");
        if (accounts.FirstOrDefault(account => !AccountRegex().IsMatch(account)) is { } noAccount)
            throw SqsErrors.InvalidValue($"Value {noAccount} for parameter PrincipalId is invalid. Reason: Unable to verify.");
        if (actions.FirstOrDefault(action => !Actions.Contains(action)) is { } noAction)
            throw SqsErrors.InvalidValue(noAction, "ActionName", "Please refer to the appropriate WSDL for a list of valid actions.");
        if (actions.Count > ActionsMax) throw SqsErrors.OverLimit($"{actions.Count} Actions were found, maximum allowed is {ActionsMax}.");
        var statements = new LabelledStatements(policy ?? $$"""{"Version":"2012-10-17","Id":"{{queue}}/SQSDefaultPolicy","Statement":[]}""");
        if (statements.Has(label)) throw SqsErrors.InvalidValue(label, "Label", "Already exists.");
        statements.Add(label, accounts, actions.Select(action => $"SQS:{action}"), queue);
        return statements.ToString();
    }

    /// <returns>Empty when that was the last statement.</returns>
    /// <exception cref="AwsException">There is no such statement.</exception>
    public static string Remove(string? policy, string? label)
    {
        if (label is null) throw SqsErrors.Missing("Label");
        var statements = policy is null ? null : new LabelledStatements(policy);
        if (statements?.Has(label) != true) throw SqsErrors.InvalidValue(label, "Label", "can't find label on existing policy.");
        statements.Remove(label);
        return statements.IsEmpty ? "" : statements.ToString();
    }

    [GeneratedRegex(@"^[A-Za-z0-9_\-]{1,80}\z")]
    private static partial Regex LabelRegex();

    [GeneratedRegex(@"^\d{12}\z")]
    private static partial Regex AccountRegex();
}
