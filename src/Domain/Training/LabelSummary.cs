using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Lifecycle.Domain.Training;

/// <summary>How the labels of one side of a split are spread: by class, or, where labels are numbers, by their range.</summary>
public sealed record LabelSummary
{
    /// <summary>Rows of each class, in the order of the target; empty where labels are numbers.</summary>
    public ImmutableArray<ClassCount> Classes { get; init; } = [];

    /// <summary>Range and zeros of labels that are numbers; null where they are classes.</summary>
    public NumberSummary? Numbers { get; init; }

    /// <summary>The summary in a few words, such as <c>0: 30 rows, 1: 12 rows</c>.</summary>
    [JsonIgnore]
    public string Sentence => Numbers is { } numbers
        ? string.Create(CultureInfo.InvariantCulture, $"labels from {numbers.Minimum:G6} to {numbers.Maximum:G6}, mean {numbers.Mean:G6}, {numbers.ZeroCount:N0} of them zero")
        : string.Join(", ", Classes.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name}: {one.RowCount:N0} rows")));

    /// <summary>The summary of labels 0 and 1.</summary>
    public static LabelSummary OfPositives(long rows, long positives) => new() { Classes = [new("0", rows - positives), new("1", positives)] };

    /// <inheritdoc/>
    public bool Equals(LabelSummary? other) => other is not null && Numbers == other.Numbers && Classes.SequenceEqual(other.Classes);

    /// <inheritdoc/>
    public override int GetHashCode() => Classes.Aggregate(Numbers?.GetHashCode() ?? 0, HashCode.Combine);
}

/// <summary>Rows of one class.</summary>
/// <param name="Name">The class, as the label's column writes it.</param>
/// <param name="RowCount">Its rows.</param>
public sealed record ClassCount(string Name, long RowCount);

/// <summary>Range of labels that are numbers.</summary>
/// <param name="Minimum">The smallest.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="ZeroCount">How many are zero.</param>
public sealed record NumberSummary(
    [property: JsonNumberHandling(NumberSummary.AsText)] double Minimum,
    [property: JsonNumberHandling(NumberSummary.AsText)] double Mean,
    [property: JsonNumberHandling(NumberSummary.AsText)] double Maximum,
    long ZeroCount)
{
    // Signed documents hold it, and their canonical form has no fractions.
    private const JsonNumberHandling AsText = JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString;
}
