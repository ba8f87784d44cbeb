using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Lambray.Server.Cli.AwsApi;

[JsonSerializable(typeof(CreateFunctionRequest))]
[JsonSerializable(typeof(FunctionConfiguration))]
[JsonSerializable(typeof(GetFunctionAnswer))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(LogEventItem))]
[JsonSerializable(typeof(ServiceItem))]
[JsonSerializable(typeof(TraceItem))]
[JsonSerializable(typeof(TraceSummaryItem))]
[JsonSerializable(typeof(UpdateFunctionCodeRequest))]
[JsonSerializable(typeof(UpdateFunctionConfigurationRequest))]
sealed partial class AwsApiJson : JsonSerializerContext;
