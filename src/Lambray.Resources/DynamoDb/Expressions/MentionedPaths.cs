namespace Lambray.Resources.DynamoDb.Expressions;

/// <summary>The document paths that stand in a condition.</summary>
public static class MentionedPaths
{
    public static IEnumerable<DocumentPath> In(Condition? condition) => condition switch
    {
        And and => In(and.Left).Concat(In(and.Right)),
        Or or => In(or.Left).Concat(In(or.Right)),
        Not not => In(not.Inner),
        Comparison comparison => In(comparison.Left, comparison.Right),
        Between between => In(between.Value, between.Low, between.High),
        In list => In([list.Value, .. list.Candidates]),
        AttributeExists exists => [exists.Path],
        AttributeNotExists absent => [absent.Path],
        HasType typed => In(typed.Value),
        BeginsWith begins => In(begins.Value, begins.Prefix),
        Contains contains => In(contains.Whole, contains.Part),
        _ => [],
    };

    static IEnumerable<DocumentPath> In(params IEnumerable<Operand> operands) => operands.SelectMany(In);

    static IEnumerable<DocumentPath> In(Operand operand) => operand switch
    {
        PathOperand path => [path.Path],
        SizeOperand size => In(size.Of),
        _ => [],
    };
}
