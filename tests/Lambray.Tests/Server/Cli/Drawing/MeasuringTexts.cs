using Lambray.Server.Cli.Drawing;
using Xunit;

namespace Lambray.Tests.Server.Cli.Drawing;

public class MeasuringTexts
{
    [Theory]
    [InlineData("plain", 5)]
    [InlineData("größe", 5)]
    [InlineData("注文", 4)]
    [InlineData("ｶﾞ", 2)]
    [InlineData("한글", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("", 0)]
    public void Counts_cells_and_not_characters(string text, int width) => Assert.Equal(width, TextWidth.Of(text));

    [Theory]
    [InlineData("注文サービス", 5, "注文…")]
    [InlineData("注文サービス", 6, "注文… ")]
    [InlineData("注文サービス", 12, "注文サービス")]
    [InlineData("cafe\u0301s", 5, "cafe\u0301s")]
    [InlineData("cafe\u0301s", 4, "caf…")]
    [InlineData("名", 4, "名  ")]
    public void Fits_whole_letters_into_so_many_cells(string text, int width, string fitted) => Assert.Equal(fitted, new InkedText(text).Fit(width).Text);
}
