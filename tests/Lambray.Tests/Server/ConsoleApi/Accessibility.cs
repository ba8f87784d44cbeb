using System.Runtime.CompilerServices;
using System.Text.Json;
using Xunit;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>Has axe-core look over a page of the console as it is at the moment.</summary>
static class Accessibility
{
    static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.GetFullPath(Path.Combine(Folder(), "../../../../console/node_modules/axe-core/axe.min.js"))));

    /// <summary>Nothing that WCAG 2.2 (A and AA) forbids or axe-core advises against.</summary>
    public static async Task ExpectAccessibleAsync(this ConsolePage page)
    {
        await page.Page.EvaluateAsync(Axe.Value);
        var violations = await page.Page.EvaluateAsync<JsonElement>("""
            async () => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
              const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
              return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' ')}`);
            }
            """);
        Assert.Equal([], violations.EnumerateArray().Select(violation => violation.GetString()));
    }

    static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
