using System.Text.Json;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.Cli.Drawing;

static class RowOperation
{
    extension(TimelineRow row)
    {
        /// <summary>Which operation of an AWS service was called, if the caller said.</summary>
        public string? Operation =>
            row.Entity.Aws is { ValueKind: JsonValueKind.Object } aws
            && aws.TryGetProperty("operation", out var operation) && operation.ValueKind == JsonValueKind.String
                ? operation.GetString() : null;
    }
}
