namespace Lambray.Aws;

/// <summary>A mistake of the caller, or a refusal, in AWS's terms: the error code, its HTTP status and a message that says what to do.</summary>
/// <remarks>Thrown once, where the mistake is known; one place in the server writes it in the wire form of the service that was called.</remarks>
public sealed class AwsException(string code, int status, string message) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>Which limit refused the call, for throttling errors (<c>Reason</c> of TooManyRequestsException).</summary>
    public string? Reason { get; init; }

    /// <summary>Whether Lambda's answer says whose mistake it was (<c>Type</c>); some parts of it do not.</summary>
    public bool HasType { get; init; } = true;

    /// <summary>Where in an expression the mistake is, counted from 1.</summary>
    public int? Position { get; init; }

    /// <summary>What the error is about, for services that name it (S3's <c>Resource</c>, X-Ray's <c>ResourceName</c>).</summary>
    public string? Resource { get; init; }

    /// <summary>Headers that tell more, for services that have such (S3's <c>x-amz-delete-marker</c>).</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>What else the answer tells, in the called service's own terms (the item that failed DynamoDB's condition).</summary>
    public object? Details { get; init; }

    /// <summary>Which members of the request broke which constraints, where the refusal is about members.</summary>
    public IReadOnlyList<MemberFault> Members { get; init; } = [];
}

/// <param name="Member">As the API model names it, in lower camel case: <c>memorySize</c>, <c>tracingConfig.mode</c>.</param>
/// <param name="Constraint">A sentence of AWS's: "Member must have value less than or equal to 900".</param>
public readonly record struct MemberFault(string Member, string Constraint);
