namespace Lambray.Server.Cli.Drawing;

/// <summary>Rows of cells as aligned lines.</summary>
static class Columns
{
    const int Gap = 2;

    /// <param name="right">Which columns are aligned to the right: those of numbers.</param>
    public static IEnumerable<InkedLine> Align(IReadOnlyList<IReadOnlyList<InkedText>> rows, params IReadOnlyCollection<int> right)
    {
        if (rows.Count == 0) return [];
        var widths = Enumerable.Range(0, rows.Max(row => row.Count))
            .Select(column => rows.Where(row => row.Count > column).Max(row => row[column].Width)).ToArray();
        return rows.Select(row => Line(row, widths, right));
    }

    /// <summary>One row in columns of these widths.</summary>
    public static InkedLine Line(IReadOnlyList<InkedText> row, IReadOnlyList<int> widths, params IReadOnlyCollection<int> right) =>
        new([.. row.SelectMany((cell, column) => new[] { cell.Fit(widths[column], right.Contains(column)), new string(' ', Gap) })]);
}
