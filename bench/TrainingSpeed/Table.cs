using Lifecycle.OnnxModels.Featurizers;

namespace Lifecycle.TrainingSpeed;

/// <summary>An invented table of numbers: a label that follows some of them, with noise. The same on both sides.</summary>
/// <param name="RowCount">Rows.</param>
/// <param name="FeatureCount">Features, no zeros among them.</param>
internal sealed record Table(int RowCount, int FeatureCount)
{
    private const int Seed = 20240607;
    private const int BatchRows = 1024;

    /// <summary>Label of a row.</summary>
    public static double Label(ReadOnlySpan<float> row) => (row[0] * 10) + (row[1] > 0.5f ? 3 : 0) - (row[2] * row[3] * 5);

    /// <summary>The features, a batch at a time, and the labels as they come.</summary>
    public IEnumerable<FeatureBatch> Batches(double[] labels)
    {
        Random random = new(Seed);
        for (int first = 0; first < RowCount; first += BatchRows)
        {
            float[] dense = new float[Math.Min(BatchRows, RowCount - first) * FeatureCount];
            Fill(random, dense, labels.AsSpan(first));
            yield return FeatureBatch.FromDense(dense, FeatureCount);
        }
    }

    /// <summary>All features, one row after the other, and the labels.</summary>
    public float[] Matrix(double[] labels)
    {
        float[] dense = new float[RowCount * FeatureCount];
        Fill(new Random(Seed), dense, labels);
        return dense;
    }

    private void Fill(Random random, Span<float> dense, Span<double> labels)
    {
        for (int row = 0; row < dense.Length / FeatureCount; row++)
        {
            Span<float> features = dense.Slice(row * FeatureCount, FeatureCount);
            for (int i = 0; i < features.Length; i++)
            {
                features[i] = 1e-6f + random.NextSingle();
            }

            labels[row] = Label(features) + random.NextSingle();
        }
    }
}
