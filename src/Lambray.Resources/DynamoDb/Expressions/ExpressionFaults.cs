using Lambray.Aws;

namespace Lambray.Resources.DynamoDb.Expressions;

/// <summary>Which of an expression's mistakes is told: AWS looks for one kind after the other, and syntax errors go before all.</summary>
enum FaultRank
{
    Parentheses,
    UnknownFunction,
    MisusedFunction,
    Reserved,
    Section,
    Placeholder,
    PathOverlap,
    PathConflict,
    OperandCount,
    Distinct,
    OperandType,
}

/// <summary>The mistakes of one expression, of which the first of the worst rank is told.</summary>
sealed class ExpressionFaults(string expression)
{
    (FaultRank Rank, string Message)? worst;

    public void Add(FaultRank rank, string message)
    {
        if (worst is null || rank < worst.Value.Rank) worst = (rank, message);
    }

    /// <exception cref="AwsException">There is one.</exception>
    public void ThrowIfAny()
    {
        if (worst is { } fault) throw DynamoErrors.Invalid($"Invalid {expression}: {fault.Message}");
    }
}
