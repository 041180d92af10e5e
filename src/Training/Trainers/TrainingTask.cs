using System.Collections.Immutable;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Training.Matrices;

namespace Lifecycle.Training.Trainers;

/// <summary>All that a trainer is given.</summary>
public sealed record TrainingTask
{
    /// <summary>What the model shall predict.</summary>
    public required Target Target { get; init; }

    /// <summary>The hyperparameters, of the kind that the trainer names.</summary>
    public required TrainerDefinition Definition { get; init; }

    /// <summary>Rows to learn from.</summary>
    public required LabelledFeatures Rows { get; init; }

    /// <summary>Rows to stop by; there where the trainer asks for them.</summary>
    public LabelledFeatures? Validation { get; init; }

    /// <summary>Whether the factors of classes are taken off the scores afterwards, see <see cref="TrainingOrder.WithTrueShares"/>.</summary>
    public bool WithTrueShares { get; init; }

    /// <summary>Names of the features, in the order of the vector; empty where nobody named them.</summary>
    public ImmutableArray<string> FeatureNames { get; init; } = [];

    /// <summary>The hyperparameters, with objective and parameter as this training takes them.</summary>
    public T AsUsed<T>()
        where T : TrainerDefinition.ByObjective => (T)((T)Definition).For(Target);
}

/// <summary>Rows with their features in memory.</summary>
/// <param name="Features">The feature vectors.</param>
/// <param name="Labels">The labels, as the target numbers them.</param>
/// <param name="Weights">The weights; empty weighs all alike.</param>
public sealed record LabelledFeatures(FeatureMatrix Features, ImmutableArray<double> Labels, ImmutableArray<double> Weights)
{
    /// <summary>The weight of a row; 1 where all weigh alike.</summary>
    public double Weight(int row) => Weights.IsEmpty ? 1 : Weights[row];
}
