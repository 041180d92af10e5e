namespace Lifecycle.Statistics.Resampling;

/// <summary>Sums over clusters, one row for each bootstrap sample.</summary>
public sealed class BootstrapTotals
{
    private readonly double[] values;
    private readonly int columns;
    private readonly int stride;

    internal BootstrapTotals(int samples, int columns)
    {
        Samples = samples;
        this.columns = columns;
        stride = ClusterSums.StrideOf(columns);
        values = new double[(long)samples * stride];
    }

    /// <summary>Number of bootstrap samples.</summary>
    public int Samples { get; }

    /// <summary>The sums of one sample, in the columns of the <see cref="ClusterSums"/>.</summary>
    public ReadOnlySpan<double> Sample(int sample) => values.AsSpan(sample * stride, columns);

    internal Span<double> PaddedSample(int sample) => values.AsSpan(sample * stride, stride);
}
