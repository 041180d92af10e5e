using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Evaluation.Rows;

/// <summary>The rows of one slice as one model answers them: all that a target's rules measure from.</summary>
public sealed class SliceAnswers
{
    private readonly HoldoutSlices holdout;
    private readonly HoldoutSlice slice;
    private readonly ScoredModel model;

    internal SliceAnswers(HoldoutSlices holdout, HoldoutSlice slice, ScoredModel model)
    {
        this.holdout = holdout;
        this.slice = slice;
        this.model = model;
        for (int i = 0; i < Count; i++)
        {
            Weight += WeightOf(i);
        }
    }

    /// <summary>What is predicted.</summary>
    public Target Target => holdout.Target;

    /// <summary>The loss that decides.</summary>
    public Loss Loss => holdout.Loss;

    /// <summary>Number of rows; at least one.</summary>
    public int Count => slice.Rows.Length;

    /// <summary>Sum of the rows' weights.</summary>
    public double Weight { get; }

    /// <summary>See <see cref="ScoredModel.AssumedShares"/>.</summary>
    public ImmutableArray<double> AssumedShares => model.AssumedShares;

    /// <summary>Number of clusters in the Holdout.</summary>
    internal int ClusterCount => holdout.ClusterCount;

    /// <summary>Label of the slice's row <paramref name="i"/>, in the Holdout's order.</summary>
    public double LabelOf(int i) => holdout.Labels[slice.Rows[i]];

    /// <summary>Weight of a row.</summary>
    public double WeightOf(int i) => holdout.Weights[slice.Rows[i]];

    /// <summary>Number of a row's cluster.</summary>
    public int ClusterOf(int i) => holdout.Clusters[slice.Rows[i]];

    /// <summary>The answer for a row.</summary>
    public ReadOnlySpan<float> AnswerOf(int i) => model.Answers.Of(slice.Rows[i]);

    /// <summary>Weight of the rows of a class.</summary>
    public double WeightOfClass(int position)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            sum += LabelOf(i) == position ? WeightOf(i) : 0;
        }

        return sum;
    }
}
