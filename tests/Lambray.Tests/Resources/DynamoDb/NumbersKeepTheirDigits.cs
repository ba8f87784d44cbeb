using System.Buffers;
using System.Globalization;
using System.Numerics;
using Lambray.Resources.DynamoDb.Values;
using Xunit;

namespace Lambray.Tests.Resources.DynamoDb;

/// <summary>Numbers of 38 digits against integers of any length, by random examples.</summary>
public sealed class NumbersKeepTheirDigits
{
    const int Examples = 3000;

    static readonly int Seed = Random.Shared.Next();

    readonly Random random = new(Seed);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.00", "0")]
    [InlineData("+1", "1")]
    [InlineData("007.500", "7.5")]
    [InlineData("1e2", "100")]
    [InlineData("-1.5E-3", "-0.0015")]
    [InlineData(".5", "0.5")]
    [InlineData("99999999999999999999999999999999999999", "99999999999999999999999999999999999999")]
    [InlineData("1000000000000000000000000000000000000000000", "1000000000000000000000000000000000000000000")]
    public void Are_written_with_all_digits_and_none_to_spare(string text, string expected) => Assert.Equal(expected, DynamoNumber.Parse(text).ToString());

    [Theory]
    [InlineData("", "The parameter cannot be converted to a numeric value")]
    [InlineData("1x", "The parameter cannot be converted to a numeric value: 1x")]
    [InlineData("1e", "The parameter cannot be converted to a numeric value: 1e")]
    [InlineData("NaN", "The parameter cannot be converted to a numeric value: NaN")]
    [InlineData("123456789012345678901234567890123456789", "Attempting to store more than 38 significant digits in a Number")]
    [InlineData("1e126", "Number overflow. Attempting to store a number with magnitude larger than supported range")]
    [InlineData("-1e9999999999", "Number overflow. Attempting to store a number with magnitude larger than supported range")]
    [InlineData("1e-131", "Number underflow. Attempting to store a number with magnitude smaller than supported range")]
    public void Are_refused_in_the_words_of_AWS(string text, string refusal)
    {
        Assert.False(DynamoNumber.TryParse(text, out _, out var told));
        Assert.Equal(refusal, told);
    }

    [Fact]
    public void Sort_by_their_bytes_as_they_do_by_size()
    {
        var numbers = Enumerable.Range(0, Examples).Select(_ => Next()).ToList();
        foreach (var (left, right) in numbers.Zip(numbers.Skip(1)))
            Assert.True(
                Math.Sign(Exact(left).CompareTo(Exact(right))) == Math.Sign(Bytes(left).AsSpan().SequenceCompareTo(Bytes(right)))
                && Math.Sign(Exact(left).CompareTo(Exact(right))) == Math.Sign(left.CompareTo(right)), $"{left} and {right}, seed {Seed}");
    }

    [Fact]
    public void Come_back_from_text_and_from_disk_as_they_were()
    {
        for (var i = 0; i < Examples; i++)
        {
            var number = Next();
            var item = new MapValue(new Dictionary<string, AttributeValue> { ["n"] = new NumberValue(number) });
            Assert.True(DynamoNumber.Parse(number.ToString()) == number && ValueBytes.Read(ValueBytes.Of(item)).Equals(item), $"{number}, seed {Seed}");
        }
    }

    [Fact]
    public void Add_up_exactly_or_not_at_all()
    {
        for (var i = 0; i < Examples; i++)
        {
            var (left, right) = (Next(), Next());
            var exact = Exact(left) + Exact(right);
            var digits = BigInteger.Abs(exact).ToString(CultureInfo.InvariantCulture).TrimEnd('0').Length;
            if (DynamoNumber.TryAdd(left, right, out var sum, out var refusal)) Assert.True(Exact(sum) == exact, $"{left} + {right}, seed {Seed}");
            else Assert.True(digits > DynamoNumber.DigitsMax || refusal.StartsWith("Number", StringComparison.Ordinal), $"{left} + {right}: {refusal}, seed {Seed}");
        }
    }

    // Near to each other as often as far, so that sums and comparisons are of all kinds.
    DynamoNumber Next()
    {
        var digits = string.Concat(Enumerable.Range(0, random.Next(1, DynamoNumber.DigitsMax + 1)).Select(_ => random.Next(3) == 0 ? 0 : random.Next(10)));
        var exponent = random.Next(2) == 0 ? random.Next(-4, 5) : random.Next(-130, 125 - DynamoNumber.DigitsMax);
        return DynamoNumber.Parse($"{(random.Next(2) == 0 ? "-" : "")}{digits}e{exponent}");
    }

    static BigInteger Exact(DynamoNumber number)
    {
        const int Places = 200;
        var size = (BigInteger)number.Coefficient * BigInteger.Pow(10, number.Exponent + Places);
        return number.IsNegative ? -size : size;
    }

    static byte[] Bytes(DynamoNumber number)
    {
        var key = new ArrayBufferWriter<byte>();
        KeyBytes.WriteOrdered(key, new NumberValue(number));
        return key.WrittenSpan.ToArray();
    }
}
