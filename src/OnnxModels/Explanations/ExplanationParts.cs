using System.Collections.Immutable;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Fragments;

namespace Lifecycle.OnnxModels.Explanations;

/// <summary>Puts a model's explanation together, when the model is exported.</summary>
public static class ExplanationParts
{
    /// <summary>The explanation of a fragment that is put behind a featurizer.</summary>
    /// <param name="fragment">What was trained.</param>
    /// <param name="names">Names of the features.</param>
    /// <param name="columns">Which column each is made of.</param>
    /// <param name="record">What the trainer told; null where it told nothing.</param>
    public static ModelExplanation Of(ModelFragment fragment, ImmutableArray<string> names, ImmutableArray<FeatureSpan> columns, TrainingRecord? record)
    {
        ArgumentNullException.ThrowIfNull(fragment);
        ImmutableArray<DecisionTree> trees = fragment is TreeEnsemble ensemble ? ensemble.Trees : [];
        return new ModelExplanation
        {
            Scale = fragment.Link.ScaleOfScores,
            Features = names,
            Columns = columns,
            LeafRows = trees.All(tree => tree.Features.IsEmpty || !tree.LeafRows.IsEmpty) ? [.. trees.Select(tree => tree.LeafRows)] : [],
            Training = record,
        };
    }
}
