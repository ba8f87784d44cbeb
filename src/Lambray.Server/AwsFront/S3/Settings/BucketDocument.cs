using System.Xml.Linq;
using Lambray.Aws;

namespace Lambray.Server.AwsFront.S3.Settings;

/// <summary>A kind of setting of buckets that is one XML document, given back as it was put.</summary>
/// <param name="Subject">In the query: <c>?cors</c>.</param>
/// <param name="Operation">What its operations are called after the verb: <c>BucketCors</c>.</param>
/// <param name="Root">The document's outermost element.</param>
sealed record BucketDocument(string Subject, string Operation, string Root)
{
    /// <summary>The code and the text of the refusal where it is not set; null for a kind that always is.</summary>
    public (string Code, string Message)? Missing { get; init; }

    /// <summary>What every bucket has from the beginning; null for nothing.</summary>
    public XElement? Initial { get; init; }

    /// <summary>What must be in the document, as a path of names.</summary>
    public string? Required { get; init; }

    public bool CanBeDeleted { get; init; } = true;

    /// <summary>Where there may be several, told apart by an id: what a list of them is called.</summary>
    public string? ListRoot { get; init; }

    /// <summary>Refuses what S3 refuses, and completes what S3 completes.</summary>
    public Action<XElement>? Check { get; init; }

    public int PutStatus { get; init; } = StatusCodes.Status200OK;

    public AwsException NotSet() => Missing is { } missing
        ? new AwsException(missing.Code, 404, missing.Message)
        : throw new InvalidOperationException($"{Operation} is always set.");

    /// <exception cref="AwsException">MalformedXML; or what <see cref="Check"/> throws.</exception>
    public void RequireValid(XElement document)
    {
        if (Required is { } path && !Follow([document], path.Split('/'))) throw S3Xml.Malformed();
        Check?.Invoke(document);
    }

    // Every element on the way must have the next.
    static bool Follow(IEnumerable<XElement> elements, ReadOnlySpan<string> names)
    {
        if (names.IsEmpty) return true;
        foreach (var element in elements)
        {
            var children = element.Children(names[0]).ToList();
            if (children.Count == 0 || !Follow(children, names[1..])) return false;
        }
        return true;
    }
}
