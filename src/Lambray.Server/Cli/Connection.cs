using System.CommandLine;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Server.Cli.AwsApi;

namespace Lambray.Server.Cli;

/// <summary>How a command reaches a server that runs already.</summary>
static class Connection
{
    const string EndpointVariable = "LAMBRAY_ENDPOINT";
    const string DefaultEndpoint = "http://127.0.0.1:4566";

    public static Option<string?> EndpointOption() => new("--endpoint")
    {
        HelpName = "URL",
        Description = $"The server to ask; {EndpointVariable}, or {DefaultEndpoint}, unless told otherwise",
    };

    /// <summary>Runs a command's calls; a server that is not there becomes one line that says how to start it.</summary>
    public static async Task<int> CallAsync(string? endpointOption, Terminal terminal, Func<AwsClient, Task<int>> calls)
    {
        var endpoint = Endpoint(endpointOption, terminal);
        var server = endpoint.GetLeftPart(UriPartial.Authority);
        using var aws = new AwsClient(endpoint, CallerCredentials.Find(terminal, endpoint.IsLoopback), Region(terminal), terminal.Time);
        try
        {
            return await calls(aws);
        }
        catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            throw new CommandException(
                $"no server answers at {server}; start one with 'lambray serve', or name another with --endpoint", ExitCodes.Failed, error);
        }
        catch (HttpRequestException error)
        {
            throw new CommandException($"the connection to {server} failed: {error.Message}", ExitCodes.Failed, error);
        }
        catch (OperationCanceledException error) when (error.InnerException is TimeoutException)
        {
            throw new CommandException($"{server} took too long to answer", ExitCodes.Failed, error);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException)
        {
            throw new CommandException($"{server} does not answer as AWS does: {error.Message}", ExitCodes.Failed, error);
        }
    }

    static string Region(Terminal terminal) =>
        terminal.Variable("AWS_REGION") ?? terminal.Variable("AWS_DEFAULT_REGION") ?? AwsHome.DefaultRegion;

    static Uri Endpoint(string? option, Terminal terminal)
    {
        var (text, source) = option is not null ? (option, "--endpoint")
            : terminal.Variable(EndpointVariable) is { } variable ? (variable, EndpointVariable)
            : (DefaultEndpoint, "");
        return Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? endpoint
            : throw new CommandException($"endpoint ({source}): '{text}' is no URL, such as {DefaultEndpoint}", ExitCodes.Misused);
    }
}
