namespace Lambray.Server.Cli.Drawing;

/// <summary>The lines in front of each row of a tree, from the depths of its rows in the order in which they are drawn.</summary>
static class TreeGuides
{
    /// <summary>Cells that a level takes where there is room.</summary>
    public const int StepMax = 3;

    /// <param name="step">Cells for each level, at least 1.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<int> depths, int step = StepMax)
    {
        var (passing, nothing, branch, last) = (Sign('│', ' ', step), Sign(' ', ' ', step), Sign('├', '─', step), Sign('└', '─', step));
        var guides = new string[depths.Count];
        // Upwards, because only what comes below tells whether a branch goes on: open[d] says that a row at depth d follows.
        var open = new List<bool>();
        for (var row = depths.Count - 1; row >= 0; row--)
        {
            var depth = depths[row];
            while (open.Count <= depth) open.Add(false);
            open.RemoveRange(depth + 1, open.Count - depth - 1);
            guides[row] = depth == 0 ? "" : string.Concat(Enumerable.Range(1, depth - 1).Select(level => open[level] ? passing : nothing)) + (open[depth] ? branch : last);
            open[depth] = true;
        }
        return guides;
    }

    static string Sign(char first, char filling, int step) => (first + new string(filling, Math.Max(0, step - 2))).PadRight(step);
}
