using System.Text.RegularExpressions;

namespace Lambray.Functions.Registry.Policies;

/// <summary>What AddPermission is asked for, before it is known to be in order; null means "not said".</summary>
public sealed partial record PermissionRequest(string? StatementId, string? Action, string? Principal)
{
    public const string StatementIdPattern = "([a-zA-Z0-9-_]+)";
    const string ActionPattern = @"(lambda:[*]|lambda:[a-zA-Z]+|[*])";
    const string SourceArnPattern = @"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)";
    const string OrganizationPattern = "o-[a-z0-9]{10,32}";
    const int StatementIdLengthMax = 100;
    const int TokenLengthMax = 256;

    public string? SourceArn { get; init; }

    public string? SourceAccount { get; init; }

    public string? EventSourceToken { get; init; }

    public string? OrganizationId { get; init; }

    public string? FunctionUrlAuthType { get; init; }

    public bool? InvokedViaFunctionUrl { get; init; }

    /// <exception cref="Aws.AwsException">In AWS's words what is wrong.</exception>
    internal PolicyStatement ToStatement()
    {
        var validation = new Validation();
        RequireStatementId(validation, StatementId);
        Matches(validation, Action, "action", ActionRegex(), ActionPattern);
        Matches(validation, Principal, "principal", PrincipalRegex(), @"[^\s]+");
        if (SourceArn is not null) Matches(validation, SourceArn, "sourceArn", SourceArnRegex(), SourceArnPattern);
        if (SourceAccount is not null) Matches(validation, SourceAccount, "sourceAccount", AccountRegex(), @"\d{12}");
        if (EventSourceToken is not null)
        {
            validation.RequireLength(EventSourceToken, "eventSourceToken", 0, TokenLengthMax);
            Matches(validation, EventSourceToken, "eventSourceToken", TokenRegex(), @"[a-zA-Z0-9._\-]+");
        }
        if (OrganizationId is not null) Matches(validation, OrganizationId, "principalOrgID", OrganizationRegex(), OrganizationPattern);
        if (FunctionUrlAuthType is not null)
            validation.Require(FunctionUrlAuthType is "NONE" or "AWS_IAM", FunctionUrlAuthType, "functionUrlAuthType", "Member must satisfy enum value set: [NONE, AWS_IAM]");
        validation.ThrowIfAny();
        PolicyPrincipal.Require(Principal!);
        return new PolicyStatement(StatementId!, Action!, Principal!)
        {
            SourceArn = SourceArn,
            SourceAccount = SourceAccount,
            EventSourceToken = EventSourceToken,
            OrganizationId = OrganizationId,
            FunctionUrlAuthType = FunctionUrlAuthType,
            InvokedViaFunctionUrl = InvokedViaFunctionUrl,
        };
    }

    /// <summary>The same for a layer's version, of which everything can only be asked one thing.</summary>
    /// <exception cref="Aws.AwsException">ValidationException.</exception>
    internal PolicyStatement ToLayerStatement()
    {
        const string LayerAction = "lambda:GetLayerVersion";
        var validation = new Validation();
        RequireStatementId(validation, StatementId);
        validation.Require(Action is not null, null, "action", "Member must not be null")
            .Require(Action is null or LayerAction, Action, "action", $"Member must satisfy regular expression pattern: {LayerAction}");
        Matches(validation, Principal, "principal", LayerPrincipalRegex(), @"\d{12}|\*|arn:(aws[a-zA-Z-]*):iam::\d{12}:root");
        if (OrganizationId is not null) Matches(validation, OrganizationId, "organizationId", OrganizationRegex(), OrganizationPattern);
        validation.ThrowIfAny();
        return new PolicyStatement(StatementId!, Action!, Principal!) { OrganizationId = OrganizationId };
    }

    static void RequireStatementId(Validation validation, string? statementId)
    {
        validation.RequireLength(statementId, "statementId", 1, StatementIdLengthMax);
        Matches(validation, statementId, "statementId", StatementIdRegex(), StatementIdPattern);
    }

    static void Matches(Validation validation, string? value, string member, Regex regex, string pattern)
    {
        validation.Require(value is not null, null, member, "Member must not be null");
        if (value is not null) validation.Require(regex.IsMatch(value), value, member, $"Member must satisfy regular expression pattern: {pattern}");
    }

    [GeneratedRegex($@"^{StatementIdPattern}\z")]
    private static partial Regex StatementIdRegex();

    [GeneratedRegex($@"^{ActionPattern}\z")]
    private static partial Regex ActionRegex();

    [GeneratedRegex(@"^[^\s]+\z")]
    private static partial Regex PrincipalRegex();

    [GeneratedRegex($@"^{SourceArnPattern}\z")]
    private static partial Regex SourceArnRegex();

    [GeneratedRegex(@"^\d{12}\z")]
    private static partial Regex AccountRegex();

    [GeneratedRegex(@"^[a-zA-Z0-9._\-]+\z")]
    private static partial Regex TokenRegex();

    [GeneratedRegex($@"^{OrganizationPattern}\z")]
    private static partial Regex OrganizationRegex();

    [GeneratedRegex(@"^(\d{12}|\*|arn:(aws[a-zA-Z-]*):iam::\d{12}:root)\z")]
    private static partial Regex LayerPrincipalRegex();
}
