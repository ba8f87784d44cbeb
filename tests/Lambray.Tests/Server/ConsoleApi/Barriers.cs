using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>What keeps people out of a page, as axe-core finds it: names that screen readers lack, contrast below WCAG AA.</summary>
static class Barriers
{
    const string Run = """
        async () => {
          const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
          return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' | ')}`);
        }
        """;

    static readonly string Axe = File.ReadAllText(Path.Combine(Folder(), "../../../../console/node_modules/axe-core/axe.min.js"));

    public static async Task<string[]> FindAsync(IPage page)
    {
        // Said to the page by the debugger, which the page's Content-Security-Policy does not bind.
        await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>(Run);
    }

    static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
