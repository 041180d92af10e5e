using System.Collections.Immutable;
using Lifecycle.Data.Drift;

namespace Lifecycle.Watching;

/// <summary>
/// Which rows of both sides of a loss belong to the protected slices. An expression that holds for the definition may still fail on
/// a value that nobody has seen before, as a cast does: that slice is left out, on both sides, with its reason, and the others are measured.
/// </summary>
/// <param name="Holdout">Members among the Holdout's rows.</param>
/// <param name="Labelled">Members among the labelled requests.</param>
internal sealed record SlicedSides(
    ImmutableSortedDictionary<string, ImmutableArray<bool>> Holdout, ImmutableSortedDictionary<string, ImmutableArray<bool>> Labelled)
{
    /// <summary>Asks of every slice.</summary>
    public static SlicedSides Of(
        WatchSides sides, ImmutableSortedDictionary<string, string> expressions, InputSlices slices, UnmeasuredSentences unmeasured, CancellationToken cancellation)
    {
        SlicedSides all = new(
            ImmutableSortedDictionary.Create<string, ImmutableArray<bool>>(StringComparer.Ordinal),
            ImmutableSortedDictionary.Create<string, ImmutableArray<bool>>(StringComparer.Ordinal));
        foreach ((string name, string expression) in expressions)
        {
            SlicedSides? members = unmeasured.Unless($"loss on slice '{name}'", () => new SlicedSides(
                all.Holdout.Add(name, slices.Members(name, expression, sides.Holdout.Path, cancellation)),
                all.Labelled.Add(name, slices.Members(name, expression, sides.Labelled.Path, cancellation))));
            all = members ?? all;
        }

        return all;
    }
}
