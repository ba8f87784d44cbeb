using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lambray.Aws;
using Lambray.Resources.Metrics;
using Microsoft.AspNetCore.Http.Features;

namespace Lambray.Server.AwsFront.CloudWatch;

/// <summary>Reads requests and writes answers of CloudWatch in whichever protocol was chosen, and words its errors.</summary>
static class CloudWatchWire
{
    const int DimensionsMax = 30;

    /// <inheritdoc cref="TranslatedRequest.Read"/>
    public static T Read<T>(HttpContext http, JsonTypeInfo<T> type) where T : class => http.Features.GetRequiredFeature<CloudWatchRequest>().Read(type);

    public static Task WriteAsync<T>(HttpContext http, T answer, JsonTypeInfo<T> type) => CloudWatchProtocol.Of(http).WriteAsync(
        http, http.Features.GetRequiredFeature<CloudWatchRequest>().Operation, JsonSerializer.SerializeToElement(answer, type));

    public static Task WriteNothingAsync(HttpContext http) =>
        CloudWatchProtocol.Of(http).WriteAsync(http, http.Features.GetRequiredFeature<CloudWatchRequest>().Operation, answer: null);

    public static MetricStore Metrics(HttpContext http) => http.RequestServices.GetRequiredService<MetricStore>();

    public static DateTimeOffset Now(HttpContext http) => http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    public static MetricId Id(string? space, string? name, IReadOnlyList<DimensionWire>? dimensions, string path = "")
    {
        Required(space, "Namespace");
        Required(name, path + "MetricName");
        if (dimensions is { Count: > DimensionsMax }) throw InvalidValue($"The collection {path}Dimensions must not have a size greater than {DimensionsMax}.");
        return new MetricId(space!, name!, (dimensions ?? []).Index().Select(item => new MetricDimension(
            RequiredText(item.Item.Name, $"{path}Dimensions.member.{item.Index + 1}.Name"), RequiredText(item.Item.Value, $"{path}Dimensions.member.{item.Index + 1}.Value"))));
    }

    public static void Required(object? value, string parameter)
    {
        if (value is null) throw Missing($"The parameter {parameter} is required.");
    }

    public static AwsException InvalidValue(string message) => new("InvalidParameterValueException", 400, message);

    public static AwsException InvalidCombination(string message) => new("InvalidParameterCombinationException", 400, message);

    public static AwsException Missing(string message) => new("MissingRequiredParameterException", 400, message);

    static string RequiredText(string? text, string parameter)
    {
        Required(text, parameter);
        // Control characters would tear what is stored apart, and AWS takes none either.
        return text!.Length > 0 && !text.Any(char.IsControl) ? text : throw InvalidValue($"The value {text} for parameter {parameter} is invalid.");
    }
}
