using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Training;

/// <summary>Makes a class count more or less in training than its rows do, by <see cref="TrainerDefinition.ClassWeights"/>; a class that is not named counts as its rows do.</summary>
public static class ClassWeighting
{
    /// <summary>Weight of each class, in the order of the target; none where the definition weighs none.</summary>
    public static ImmutableArray<double> Of(TrainerDefinition trainer, Target target) => trainer.ClassWeights is { Count: > 0 } weights
        ? [.. target.ClassNames.Select(name => weights.TryGetValue(name, out double weight) ? weight : 1)]
        : [];

    /// <summary>Training rows with the weight of their class in their own.</summary>
    public static RowSet Apply(TrainerDefinition trainer, Target target, RowSet rows)
    {
        ImmutableArray<double> weights = Of(trainer, target);
        return weights.IsEmpty ? rows : rows with
        {
            Weights = [.. rows.Labels.Select((label, row) => weights[(int)label] * (rows.Weights.IsEmpty ? 1 : rows.Weights[row]))],
        };
    }

    /// <summary>The shares of the classes that a model takes for granted after such a training.</summary>
    /// <param name="trainer">How it was trained.</param>
    /// <param name="target">What it predicts.</param>
    /// <param name="shares">Shares of the classes among the rows, in the target's order.</param>
    public static ImmutableArray<double> SharesAfter(TrainerDefinition trainer, Target target, ImmutableArray<double> shares)
    {
        ImmutableArray<double> weights = Of(trainer, target);
        if (weights.IsEmpty)
        {
            return shares;
        }

        double[] weighted = [.. shares.Zip(weights, (share, weight) => share * weight)];
        return [.. weighted.Select(share => share / weighted.Sum())];
    }
}
