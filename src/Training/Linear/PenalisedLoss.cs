using Lifecycle.Training.Matrices;

namespace Lifecycle.Training.Linear;

/// <summary>
/// What a training minimises, over its total weight: the rows' losses by weight, and half of L2 times the sum of squared weights (not of
/// intercepts). A point is all weights, score after score, and then the intercepts.
/// </summary>
internal sealed class PenalisedLoss
{
    // Rows are summed up in as many parts, whatever the number of threads, and these in their order: the same sums each time.
    private const int PartCount = 16;

    private readonly FeatureMatrix rows;
    private readonly FeatureScale scale;
    private readonly RowLoss loss;
    private readonly int scores;
    private readonly double l2;
    private readonly Part[] parts;
    private readonly double[] raw;
    private readonly double[] offsets;

    public PenalisedLoss(FeatureMatrix rows, FeatureScale scale, RowLoss loss, int scores, double l2)
    {
        (this.rows, this.scale, this.loss, this.scores, this.l2) = (rows, scale, loss, scores, l2);
        raw = new double[scores * rows.FeatureCount];
        offsets = new double[scores];
        parts = [.. Enumerable.Range(0, PartCount).Select(index => new Part(
            (int)((long)rows.RowCount * index / PartCount), (int)((long)rows.RowCount * (index + 1) / PartCount), new double[raw.Length], new double[scores]))];
    }

    /// <summary>Labels in the unit that is learnt.</summary>
    public required double[] Labels { get; init; }

    /// <summary>Weights of the rows.</summary>
    public required double[] Weights { get; init; }

    /// <summary>Parts that are summed up at once.</summary>
    public required int Threads { get; init; }

    /// <summary>Numbers of a point.</summary>
    public int Length => raw.Length + scores;

    /// <summary>The value at a point, and its slopes there.</summary>
    public double At(ReadOnlySpan<double> point, Span<double> slopes, CancellationToken cancellation)
    {
        Prepare(point);
        Parallel.ForEach(parts, new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = cancellation }, Sum);
        double total = Weights.Sum();
        double penalty = 0;
        slopes.Clear();
        foreach (Part part in parts)
        {
            Add(part.ByFeature, slopes);
            Add(part.ByScore, slopes[raw.Length..]);
        }

        // Features were summed up as they are; their mean and scale come in here.
        for (int i = 0; i < raw.Length; i++)
        {
            int feature = i % rows.FeatureCount;
            double ofRows = (slopes[i] - (scale.Means[feature] * slopes[raw.Length + (i / rows.FeatureCount)])) * scale.Scales[feature];
            slopes[i] = (ofRows + (l2 * point[i])) / total;
            penalty += point[i] * point[i];
        }

        foreach (ref double slope in slopes[raw.Length..])
        {
            slope /= total;
        }

        return (parts.Sum(part => part.Loss) + (l2 / 2 * penalty)) / total;
    }

    private static void Add(double[] summands, Span<double> sums)
    {
        for (int i = 0; i < summands.Length; i++)
        {
            sums[i] += summands[i];
        }
    }

    // Weights of features as they are, so that zeros, which most entries of sparse rows are, cost nothing.
    private void Prepare(ReadOnlySpan<double> point)
    {
        point[raw.Length..].CopyTo(offsets);
        for (int i = 0; i < raw.Length; i++)
        {
            int feature = i % rows.FeatureCount;
            raw[i] = point[i] * scale.Scales[feature];
            offsets[i / rows.FeatureCount] -= raw[i] * scale.Means[feature];
        }
    }

    private void Sum(Part part)
    {
        part.Clear();
        double[] ofRow = new double[scores];
        for (int row = part.First; row < part.End; row++)
        {
            FeatureEntries entries = rows.Entries(row);
            for (int score = 0; score < scores; score++)
            {
                ofRow[score] = offsets[score] + Dot(entries, score);
            }

            part.Loss += Weights[row] * loss.Take(ofRow, Labels[row]);
            for (int score = 0; score < scores; score++)
            {
                double slope = Weights[row] * ofRow[score];
                part.ByScore[score] += slope;
                AddTo(part.ByFeature.AsSpan(score * rows.FeatureCount, rows.FeatureCount), entries, slope);
            }
        }
    }

    private double Dot(FeatureEntries entries, int score)
    {
        ReadOnlySpan<double> weights = raw.AsSpan(score * rows.FeatureCount, rows.FeatureCount);
        double sum = 0;
        for (int i = 0; i < entries.Values.Length; i++)
        {
            int feature = entries.Column(i);
            sum += weights[feature] * Known(entries.Values[i], feature);
        }

        return sum;
    }

    private void AddTo(Span<double> sums, FeatureEntries entries, double slope)
    {
        for (int i = 0; i < entries.Values.Length; i++)
        {
            int feature = entries.Column(i);
            sums[feature] += slope * Known(entries.Values[i], feature);
        }
    }

    private float Known(float value, int feature) => float.IsNaN(value) ? scale.Means[feature] : value;

    private sealed record Part(int First, int End, double[] ByFeature, double[] ByScore)
    {
        public double Loss { get; set; }

        public void Clear()
        {
            Loss = 0;
            ByFeature.AsSpan().Clear();
            ByScore.AsSpan().Clear();
        }
    }
}
