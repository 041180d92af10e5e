using Lifecycle.Statistics.Distances;

namespace Lifecycle.Domain.Tests.Statistics.Distances;

public sealed class DoubleSortTests
{
    public static TheoryData<string> Kinds() => ["reals", "whole numbers", "singles", "constant", "bits"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Sort_ManyValues_IsTheOrderOfTheNumbers(string kind)
    {
        double[] values = Values(kind, count: 5000);
        double[] expected = [.. values.Order()];

        DoubleSort.Sort(values, new double[values.Length]);

        Assert.Equal(expected, values);
    }

    [Fact]
    public void Sort_FewValues_IsTheOrderOfTheNumbers()
    {
        double[] values = [3, -1, 2, -0.0, double.MaxValue, double.MinValue];
        DoubleSort.Sort(values, new double[6]);
        Assert.Equal([double.MinValue, -1, 0, 2, 3, double.MaxValue], values);
    }

    [Fact]
    public void Sort_TooLittleRoom_SaysSo() => Assert.Contains(
        "there is room for 2", Assert.Throws<ArgumentException>(() => DoubleSort.Sort(new double[3], new double[2])).Message, StringComparison.Ordinal);

    private static double[] Values(string kind, int count)
    {
        Random random = new(7);
        return [.. Enumerable.Range(0, count).Select(_ => kind switch
        {
            "reals" => (random.NextDouble() - 0.5) * 1e6,
            "whole numbers" => random.Next(-2000, 2000),
            "singles" => (float)random.NextDouble(),
            "constant" => 42,
            _ => BitConverter.Int64BitsToDouble(random.NextInt64(0x7FEF_FFFF_FFFF_FFFF) | (random.NextInt64(2) << 63)),
        })];
    }
}
