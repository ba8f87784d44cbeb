using System.Text.Json.Serialization;
using Lambray.Resources.ApiGateway.RestApis;

namespace Lambray.Server.AwsFront.ApiGateway.RestApis;

/// <summary>The JSON of REST APIs, made at compile time: names in camelCase, absent fields left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RestApiSettings))]
[JsonSerializable(typeof(RestItems<RestApiSettings>))]
[JsonSerializable(typeof(ResourceWire))]
[JsonSerializable(typeof(RestItems<ResourceWire>))]
[JsonSerializable(typeof(RestMethod))]
[JsonSerializable(typeof(MethodResponse))]
[JsonSerializable(typeof(RestIntegration))]
[JsonSerializable(typeof(IntegrationResponse))]
[JsonSerializable(typeof(RestAuthorizer))]
[JsonSerializable(typeof(RestItems<RestAuthorizer>))]
[JsonSerializable(typeof(RestStage))]
[JsonSerializable(typeof(RestItems<RestStage>))]
[JsonSerializable(typeof(RestDeployment))]
[JsonSerializable(typeof(RestItems<RestDeployment>))]
[JsonSerializable(typeof(RestDeploymentRequest))]
[JsonSerializable(typeof(PatchRequest))]
sealed partial class RestApiJson : JsonSerializerContext;

/// <summary>A list, all in one.</summary>
sealed record RestItems<T>(IReadOnlyList<T> Item);

sealed record ResourceWire(string? Id, string? ParentId, string? PathPart, string? Path, IReadOnlyDictionary<string, RestMethod>? ResourceMethods);

sealed record RestDeploymentRequest(string? StageName, string? StageDescription, string? Description, IReadOnlyDictionary<string, string>? Variables, bool? TracingEnabled);
