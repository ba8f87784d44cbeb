using System.Globalization;
using System.Text;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.ApiGateway.RestApis;
using Lambray.Server.AwsFront.HttpEvents;

namespace Lambray.Server.AwsFront.ExecuteApi.RestApis;

/// <summary>Answers that an API makes by itself, as it does to browsers that ask before they call ("Mock integrations for REST APIs").</summary>
/// <remarks>Templates are taken as they are: with the template language in them they are refused, as there is nobody here to speak it.</remarks>
static class MockIntegration
{
    const string Json = "application/json";
    const string Header = "method.response.header.";

    public static async Task AnswerAsync(RestApiCall call, RestIntegration integration)
    {
        var status = StatusOf(integration.RequestTemplates?.GetValueOrDefault(Json));
        // The one whose pattern fits the status, else the one without a pattern.
        var responses = integration.IntegrationResponses?.Values.ToList() ?? [];
        var chosen = responses.Find(response => response.SelectionPattern is { Length: > 0 } pattern && pattern == status.ToString(CultureInfo.InvariantCulture))
            ?? responses.Find(response => string.IsNullOrEmpty(response.SelectionPattern)) ?? throw Failed();
        var body = chosen.ResponseTemplates?.GetValueOrDefault(Json) ?? "";
        if (HasLanguage(body)) throw Failed();
        // A value in quotes is that text; others would come from a server that is not there.
        var headers = from parameter in chosen.ResponseParameters ?? new Dictionary<string, string>()
                      where parameter.Key.StartsWith(Header, StringComparison.Ordinal) && parameter.Value is ['\'', .., '\'']
                      select KeyValuePair.Create(parameter.Key[Header.Length..], parameter.Value[1..^1]);
        var answer = new FunctionAnswer(int.Parse(chosen.StatusCode!, CultureInfo.InvariantCulture), [.. headers], [], Encoding.UTF8.GetBytes(body));
        await answer.WriteAsync(call.Http.Response, Json);
    }

    static int StatusOf(string? template)
    {
        if (template is null || HasLanguage(template)) throw Failed();
        try
        {
            using var json = JsonDocument.Parse(template);
            return json.RootElement.GetProperty("statusCode").GetInt32();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Failed();
        }
    }

    static bool HasLanguage(string template) => template.Contains('$', StringComparison.Ordinal) || template.Contains('#', StringComparison.Ordinal);

    static AwsException Failed() => new("InternalServerErrorException", StatusCodes.Status500InternalServerError, "Internal server error");
}
