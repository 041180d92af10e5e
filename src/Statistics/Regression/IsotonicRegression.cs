namespace Lifecycle.Statistics.Regression;

/// <summary>
/// The non-decreasing sequence closest to given values in weighted least squares, by pooling neighbours that are out of order
/// (pool adjacent violators; Ayer, Brunk, Ewing, Reid and Silverman 1955). Of shares it is also the likeliest one.
/// </summary>
public static class IsotonicRegression
{
    /// <summary>Fits the values in place.</summary>
    /// <param name="values">The values, in the order in which they must not fall; replaced by the fit.</param>
    /// <param name="weights">Their weights, positive.</param>
    /// <exception cref="ArgumentException">There is not one weight for each value.</exception>
    public static void Fit(Span<double> values, ReadOnlySpan<double> weights)
    {
        if (values.Length != weights.Length)
        {
            throw new ArgumentException($"there are {weights.Length} weights for {values.Length} values; expected one for each", nameof(weights));
        }

        Span<Block> blocks = values.Length <= 256 ? stackalloc Block[values.Length] : new Block[values.Length];
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            Block block = new(values[i] * weights[i], weights[i], i + 1);
            for (; count > 0 && blocks[count - 1].Mean >= block.Mean; count--)
            {
                block = block with { Sum = block.Sum + blocks[count - 1].Sum, Weight = block.Weight + blocks[count - 1].Weight };
            }

            blocks[count++] = block;
        }

        int start = 0;
        foreach (Block block in blocks[..count])
        {
            values[start..block.End].Fill(block.Mean);
            start = block.End;
        }
    }

    private readonly record struct Block(double Sum, double Weight, int End)
    {
        public double Mean => Sum / Weight;
    }
}
