using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

namespace Lambray.Bench.Processes;

/// <summary>The floor: the least that Kestrel can do with a POST, giving its body back.</summary>
static class EchoServer
{
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(async http =>
        {
            http.Response.ContentLength = http.Request.ContentLength;
            await http.Request.Body.CopyToAsync(http.Response.Body);
        });
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"Echo is ready at {app.Urls.First()}");
        await app.WaitForShutdownAsync();
    }
}
