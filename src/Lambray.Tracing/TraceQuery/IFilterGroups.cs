namespace Lambray.Tracing.TraceQuery;

/// <summary>The groups that a filter expression may name ("Using filter expressions with groups" in the X-Ray Developer Guide).</summary>
public interface IFilterGroups
{
    /// <summary>The expression of a group; null when there is no such group, empty for one of all traces.</summary>
    string? FindExpression(string nameOrArn);
}
