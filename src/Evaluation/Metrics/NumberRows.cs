using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>The rows of a slice whose labels and answers are numbers, by position in the slice.</summary>
internal sealed record NumberRows
{
    public required float[] Predictions { get; init; }

    public required double[] Labels { get; init; }

    public required double[] Weights { get; init; }

    public required int[] Clusters { get; init; }

    /// <summary>Positions in increasing order of prediction.</summary>
    public required int[] Sorted { get; init; }

    public required int ClusterCount { get; init; }

    public required double Weight { get; init; }

    public int Count => Labels.Length;

    public static NumberRows Of(SliceAnswers answers)
    {
        int[] all = [.. Enumerable.Range(0, answers.Count)];
        float[] predictions = Array.ConvertAll(all, i => answers.AnswerOf(i)[0]);
        return new NumberRows
        {
            Predictions = predictions,
            Labels = Array.ConvertAll(all, answers.LabelOf),
            Weights = Array.ConvertAll(all, answers.WeightOf),
            Clusters = Array.ConvertAll(all, answers.ClusterOf),
            Sorted = Order.Of(predictions),
            ClusterCount = answers.ClusterCount,
            Weight = answers.Weight,
        };
    }

    /// <summary>Weighted mean over the rows.</summary>
    public double Mean(Func<int, double> value)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            sum += Weights[i] * value(i);
        }

        return sum / Weight;
    }

    /// <summary>Bins of equal weight, as ranges of <see cref="Sorted"/>.</summary>
    public IReadOnlyList<Range> Bins()
    {
        List<(int End, double Weight)> groups = [];
        for (int i = 0; i < Count; i++)
        {
            double weight = Weights[Sorted[i]];
            if (i > 0 && Predictions[Sorted[i]] == Predictions[Sorted[i - 1]])
            {
                groups[^1] = (i + 1, groups[^1].Weight + weight);
            }
            else
            {
                groups.Add((i + 1, weight));
            }
        }

        return [.. EqualMass.Of(groups, Weight)];
    }
}
