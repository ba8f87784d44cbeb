using Lambray.Aws;
using Lambray.Resources.Logs;

namespace Lambray.Server.AwsFront.Logs;

/// <summary>Where the next page of a stream begins: <c>f/…</c> behind an event, <c>b/…</c> before it.</summary>
readonly record struct EventToken(bool IsBackward, LogPosition Position)
{
    const string Forward = "f/";
    const string Backward = "b/";

    public static EventToken Parse(string text) =>
        text.StartsWith(Forward, StringComparison.Ordinal) ? new EventToken(IsBackward: false, ParsePosition(text[Forward.Length..]))
        : text.StartsWith(Backward, StringComparison.Ordinal) ? new EventToken(IsBackward: true, ParsePosition(text[Backward.Length..]))
        : throw Invalid();

    public static LogPosition ParsePosition(string text) => LogPosition.TryParse(text, out var position) ? position : throw Invalid();

    public override string ToString() => (IsBackward ? Backward : Forward) + Position;

    static AwsException Invalid() => LogErrors.InvalidParameter("The specified nextToken is invalid.");
}
