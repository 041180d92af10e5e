using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Rows;

namespace Lifecycle.Watching;

/// <summary>The Holdout of a model of one text and two classes, as its losses are measured.</summary>
/// <param name="Inputs">The texts.</param>
/// <param name="Labels">Whether a row is of the positive class.</param>
/// <param name="Weights">The weights; empty weighs all alike.</param>
/// <param name="Clusters">The clusters; empty makes every row one.</param>
internal sealed record WatchedHoldout(ImmutableArray<string> Inputs, ImmutableArray<bool> Labels, ImmutableArray<double> Weights, ImmutableArray<string> Clusters)
{
    /// <summary>The Holdout of rows.</summary>
    public static WatchedHoldout Of(RowSet rows) => new(
        [.. TextsOf(rows)],
        [.. rows.Labels.Select(label => label == 1)],
        rows.Weights,
        [.. rows.Clusters.Select(cluster => cluster.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>The texts of rows.</summary>
    public static IEnumerable<string> TextsOf(RowSet rows) => ((InputValues.Texts)rows.Inputs.Columns[0]).Values.OfType<string>();
}
