using System.Collections.Immutable;
using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>The smoothed mean label of the row's level; the mean of all for a level without a place.</summary>
/// <param name="Table">The levels.</param>
/// <param name="Names">One feature, or one for each class.</param>
/// <param name="Means">Means of each level, and last of all rows.</param>
/// <param name="FoldMeans">The same for each fold, of the rows outside it.</param>
internal sealed record FittedTargetEncoding(LevelTable Table, ImmutableArray<string> Names, ImmutableArray<float> Means, ImmutableArray<float> FoldMeans)
    : FittedTransform(Names)
{
    public override bool HasFolds => true;

    public override string Compile(FeaturizerGraph graph)
    {
        ColumnNodes nodes = graph[Table.Column];
        string place = Table.Compile(nodes, "target");
        if (graph.Fold is { } fold)
        {
            string start = nodes.Node("Mul", "target_fold", [fold, nodes.Integer("target_places", Table.Keys.Length + 1)]);
            place = nodes.Node("Add", "target_fold_place", [start, place]);
        }

        ImmutableArray<float> means = graph.Fold is null ? Means : FoldMeans;
        string table = nodes.Floats("target_means", [.. means], means.Length / Names.Length, Names.Length);
        string flat = nodes.Node("Reshape", "target_rows", [place, nodes.Integers("rows", [-1], 1)]);
        return nodes.Node("Gather", "target", [table, flat], Attributes.Integer("axis", 0));
    }
}
