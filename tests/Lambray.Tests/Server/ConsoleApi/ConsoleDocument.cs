using System.Text.Json;
using System.Text.Json.Nodes;
using Lambray.Server.ConsoleApi;
using Lambray.Tracing.Segments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>The console API as OpenAPI describes it, read from the server's own routes. The server itself needs no description and carries none.</summary>
static class ConsoleDocument
{
    // Units and ids, which the console's types keep apart although the wire does not.
    static readonly Dictionary<Type, (JsonSchemaType Type, string Format)> Branded = new()
    {
        [typeof(EpochMicroseconds)] = (JsonSchemaType.Integer, "epoch-microseconds"),
        [typeof(Microseconds)] = (JsonSchemaType.Integer, "microseconds"),
        [typeof(TraceId)] = (JsonSchemaType.String, "trace-id"),
    };

    public static async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddConsoleApi().AddOpenApi(Describe);
        await using var app = builder.Build();
        app.MapApi();
        app.MapOpenApi();
        await app.StartAsync(cancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        return Sorted(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), cancellationToken));
    }

    static void Describe(OpenApiOptions options)
    {
        // A record is called "…Wire" where a room below has one of its name.
        options.CreateSchemaReferenceId = type => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name && name.EndsWith("Wire", StringComparison.Ordinal)
            ? name[..^"Wire".Length] : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Lambray's console API", Version = "1" };
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = context.JsonTypeInfo.Type;
            var isNullable = Nullable.GetUnderlyingType(type) is not null;
            if (Branded.TryGetValue(Nullable.GetUnderlyingType(type) ?? type, out var brand))
            {
                schema.Type = brand.Type | (isNullable ? JsonSchemaType.Null : 0);
                schema.Format = brand.Format;
            }
            // Those of the console API are documents.
            if (type == typeof(JsonElement)) (schema.Type, schema.AdditionalProperties) = (JsonSchemaType.Object, new OpenApiSchema());
            return Task.CompletedTask;
        });
    }

    // In the order of the alphabet, so that a change shows as just that.
    static string Sorted(string document)
    {
        var root = JsonNode.Parse(document)!.AsObject();
        Sort(root, "paths");
        Sort(root["components"]!.AsObject(), "schemas");
        return root.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    static void Sort(JsonObject parent, string name)
    {
        var members = parent[name]!.AsObject().OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())).ToList();
        parent[name] = new JsonObject(members);
    }
}
