using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Lambray.Server.AwsFront;

/// <summary>Requests whose lists and maps hold no nulls: AWS refuses them ("non-sparse" collections in Smithy's tests of its JSON protocols), and nobody has to look for them behind the door.</summary>
static class WholeCollections
{
    // By the options of a source-generated context, which are made once.
    static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> Strict = [];

    /// <summary>The same type, read more strictly: a null among elements is a <see cref="JsonException"/>.</summary>
    public static JsonTypeInfo<T> Of<T>(JsonTypeInfo<T> type) => (JsonTypeInfo<T>)Strict.GetValue(type.Options, Refusing).GetTypeInfo(typeof(T));

    static JsonSerializerOptions Refusing(JsonSerializerOptions options) => new(options) { TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(RefuseNulls) };

    static void RefuseNulls(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable) type.OnDeserialized = elements => Require((IEnumerable)elements);
        if (type.Kind == JsonTypeInfoKind.Dictionary) type.OnDeserialized = map => Require(((IDictionary)map).Values);
    }

    static void Require(IEnumerable elements)
    {
        foreach (var element in elements)
            if (element is null) throw new JsonException("Null is no element of a list or a map.");
    }
}
