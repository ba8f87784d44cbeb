using Amazon.Lambda.Core;
using Json = System.Text.Json.JsonSerializer;

[assembly: LambdaSerializer(typeof(Lambray.DotNetFunctions.JsonSerializer))]

namespace Lambray.DotNetFunctions;

/// <summary>What AWS's package of serializers does, in short.</summary>
public sealed class JsonSerializer : ILambdaSerializer
{
    public T Deserialize<T>(Stream requestStream) => Json.Deserialize<T>(requestStream)!;

    public void Serialize<T>(T response, Stream responseStream) => Json.Serialize(responseStream, response);
}

/// <summary>A serializer of one handler's own.</summary>
public sealed class ShoutingSerializer : ILambdaSerializer
{
    public T Deserialize<T>(Stream requestStream) => Json.Deserialize<T>(requestStream)!;

    public void Serialize<T>(T response, Stream responseStream) => Json.Serialize(responseStream, response!.ToString()!.ToUpperInvariant());
}
