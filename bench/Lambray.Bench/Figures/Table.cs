namespace Lambray.Bench.Figures;

/// <summary>Prints rows under headings, each row when it is known.</summary>
/// <param name="columns">The first is for names, the others for figures.</param>
sealed class Table(TextWriter output, params IReadOnlyList<string> columns)
{
    const int NameWidth = 30;
    const int FigureWidth = 11;
    const int Gap = 2;

    public async Task WriteHeadAsync()
    {
        await output.WriteLineAsync();
        await WriteRowAsync(columns);
    }

    public Task WriteRowAsync(params IReadOnlyList<string> cells) => output.WriteLineAsync(
        cells[0].PadRight(NameWidth) + string.Concat(cells.Skip(1).Select((cell, index) => cell.PadLeft(WidthOf(index + 1)))));

    int WidthOf(int column) => Math.Max(FigureWidth, columns[column].Length + Gap);
}
