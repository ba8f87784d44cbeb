namespace Lambray.Tracing.Segments;

/// <summary>Why a document was refused.</summary>
/// <remarks>The first four were seen in answers of AWS; it publishes no list, so the others are named alike.</remarks>
static class SegmentErrorCode
{
    public const string InvalidTraceId = "InvalidTraceId";
    public const string InvalidName = "InvalidName";
    public const string MissingId = "MissingId";
    public const string MissingEndTime = "MissingEndTime";

    public const string InvalidId = "InvalidId";
    public const string MissingTraceId = "MissingTraceId";
    public const string MissingName = "MissingName";
    public const string MissingStartTime = "MissingStartTime";
    public const string InvalidStartTime = "InvalidStartTime";
    public const string InvalidEndTime = "InvalidEndTime";
    public const string MissingParentId = "MissingParentId";
    public const string InvalidParentId = "InvalidParentId";
    public const string InvalidDocument = "InvalidDocument";
    public const string DocumentTooLarge = "DocumentTooLarge";
}
