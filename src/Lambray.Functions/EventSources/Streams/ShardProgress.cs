using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lambray.Functions.EventSources.Streams;

/// <summary>How far a mapping has come in one shard: durable, written behind what is done and never ahead of it.</summary>
/// <param name="After">Everything up to this sequence number is done.</param>
/// <param name="IsDone">The shard was closed and read to its end.</param>
/// <param name="Window">The tumbling window that is open there.</param>
public sealed record ShardProgress(string After, bool IsDone = false, OpenWindow? Window = null);

/// <summary>A tumbling window that has had records: what the function has made of them so far.</summary>
/// <param name="State">What the function answered last; null before it has.</param>
/// <param name="IsTerminated">The state grew too large, so that the window ends now.</param>
public sealed record OpenWindow(DateTimeOffset Start, JsonElement? State = null, bool IsTerminated = false);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ShardProgress))]
sealed partial class ShardProgressJson : JsonSerializerContext;
