using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>An open page of the console, which remembers what went wrong on it and what it asked for.</summary>
public sealed class ConsolePage : IAsyncDisposable
{
    const string NetworkChanged = "net::ERR_NETWORK_CHANGED";

    readonly IBrowserContext context;
    readonly ConcurrentQueue<string> complaints = new();
    readonly ConcurrentQueue<IRequest> requests = new();

    ConsolePage(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Errors and warnings of the browser, exceptions of scripts, requests that failed.</summary>
    public IEnumerable<string> Complaints => complaints;

    public IEnumerable<IRequest> Requests => requests;

    /// <summary>The segments and subsegments of the trace that is shown.</summary>
    public ILocator Rows => Page.Locator(".waterfall-row");

    public ILocator RowNames => Page.Locator(".waterfall-row .waterfall-text");

    public static async Task<ConsolePage> OpenAsync(IBrowserContext context, Uri address, string hash)
    {
        var page = new ConsolePage(context, await context.NewPageAsync());
        page.Listen();
        await page.Page.GotoAsync(new Uri(address, hash).ToString());
        return page;
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    void Listen()
    {
        Page.Request += (_, request) => requests.Enqueue(request);
        Page.RequestFailed += (_, request) =>
        {
            // What a page asks for and then needs no more, as it asks anew, is no failure; nor is what the browser drops when a sandbox of the server gets its network.
            if (request.Failure is not ("net::ERR_ABORTED" or NetworkChanged)) complaints.Enqueue($"{request.Url}: {request.Failure}");
        };
        Page.PageError += (_, error) => complaints.Enqueue(error);
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.Contains(NetworkChanged, StringComparison.Ordinal)) complaints.Enqueue(message.Text);
        };
    }
}
