using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lambray.Aws;

namespace Lambray.Server.AwsFront;

/// <summary>A request of a service that has several protocols: inside there is one form, JSON, into which all are translated.</summary>
/// <param name="Fields">JSON, whatever it came as.</param>
abstract record TranslatedRequest(string Operation, ReadOnlyMemory<byte> Fields)
{
    /// <exception cref="AwsException">SerializationException for what has another form.</exception>
    public T Read<T>(JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Fields.Span, type) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException error)
        {
            throw new AwsException("SerializationException", 400, error.Message);
        }
    }
}
