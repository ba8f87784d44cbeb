namespace Lambray.Resources.EventPatterns;

/// <summary>Whose patterns they are: services differ in the conditions that they know.</summary>
public enum PatternDialect
{
    /// <summary>Filters of event source mappings.</summary>
    Mappings,

    /// <summary>Filter policies of SNS, which know <c>cidr</c> and <c>wildcard</c> too, and compare numbers by their value.</summary>
    Subscriptions,

    /// <summary>Patterns of EventBridge's rules, which know both as well, and compare numbers as they are written.</summary>
    Rules,
}
