using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Data.Drift;

/// <summary>
/// How the rows of one side are spread over a figure: of the TrainingSet as a DriftBaseline stores it, or of a window counted
/// over the same bins. Exactly one of <see cref="Edges"/> and <see cref="Levels"/> is there, and all counts add up to the rows.
/// </summary>
public sealed record FigureDistribution
{
    /// <summary>Name for people, such as <c>length</c>.</summary>
    public required string Name { get; init; }

    /// <summary>SQL expression over the columns of the rows.</summary>
    public required string Expression { get; init; }

    /// <summary>How the figure is compared; the baseline alone decides it.</summary>
    public required FigureKind Kind { get; init; }

    /// <summary>Inner edges of a number's bins, increasing; bin <c>i</c> holds <c>edge[i−1] &lt; x ≤ edge[i]</c>, the outer ones are open.</summary>
    public ImmutableArray<double>? Edges { get; init; }

    /// <summary>Values of any other figure, most frequent first, at most a hundred.</summary>
    public ImmutableArray<string>? Levels { get; init; }

    /// <summary>Rows in each bin or of each level.</summary>
    public required ImmutableArray<long> Counts { get; init; }

    /// <summary>Rows of a level that is not listed.</summary>
    public long OtherCount { get; init; }

    /// <summary>Rows whose number is NaN.</summary>
    public long NotANumberCount { get; init; }

    /// <summary>Rows whose number is infinite.</summary>
    public long InfiniteCount { get; init; }

    /// <summary>Rows without a value.</summary>
    public required long NullCount { get; init; }

    /// <summary>Rows whose number is zero; they are also in a bin.</summary>
    public long ZeroCount { get; init; }

    /// <summary>
    /// Standard deviation, the unit of Wasserstein distances: of the finite values of a Numeric figure, of ln(1 + x) of those
    /// that are not zero of a ZeroInflated one; null of any other.
    /// </summary>
    public double? StandardDeviation { get; init; }

    /// <summary>Rows of a HighCardinality figure whose level no other row has; they are also among the counts.</summary>
    public long SeenOnceCount { get; init; }

    /// <summary>Rows with a value, be it a number or not.</summary>
    [JsonIgnore]
    public long ValueCount => Counts.Sum() + OtherCount + NotANumberCount + InfiniteCount;

    /// <summary>All rows.</summary>
    [JsonIgnore]
    public long RowCount => ValueCount + NullCount;
}
