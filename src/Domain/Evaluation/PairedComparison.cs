using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lifecycle.Domain.Evaluation;

/// <summary>
/// Paired comparison on one slice: the difference of the mean losses, Challenger minus the other, over the same rows, with a
/// cluster-bootstrap interval. Negative is better.
/// </summary>
/// <param name="Against"><see cref="AgainstChampion"/> or <see cref="AgainstReference"/>.</param>
/// <param name="Slice">Slice name.</param>
/// <param name="Difference">Measured difference.</param>
/// <param name="Lower">Lower bound of the two-sided 95% interval.</param>
/// <param name="Upper">Upper bound of the two-sided 95% interval.</param>
/// <param name="OtherLoss">The other model's loss on the slice.</param>
/// <param name="Clusters">
/// What the interval rests on, not the rows: clusters with a row of each class in the slice, in the order of
/// <see cref="EvaluationReport.Classes"/>; one number where labels are numbers.
/// </param>
[JsonConverter(typeof(PairedComparisonConverter))]
public sealed record PairedComparison(
    string Against,
    string Slice,
    double Difference,
    double Lower,
    double Upper,
    double OtherLoss,
    ImmutableArray<int> Clusters)
{
    /// <summary>Value of <see cref="Against"/> for comparisons with the Champion.</summary>
    public const string AgainstChampion = "champion";

    /// <summary>Value of <see cref="Against"/> for comparisons with the ReferenceModel.</summary>
    public const string AgainstReference = "reference";

    /// <summary>
    /// One-sided p-value: the share of bootstrap samples in which the Challenger is not better. Null, and left out of JSON, where nobody asks
    /// for several slices at once.
    /// </summary>
    public double? PValue { get; init; }

    /// <summary>The same, adjusted for the number of slices on which the Challenger has to be better (Holm 1979).</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>
    /// Skill: the share of the other model's loss that the Challenger saves, 1 for one that loses nothing and negative for a worse one; null
    /// where the other loses nothing. One minus it is the scaled error, which for the absolute error is MASE with the other as the naive forecast.
    /// </summary>
    [JsonIgnore]
    public double? Skill => OtherLoss > 0 ? -Difference / OtherLoss : null;
}

internal sealed class PairedComparisonConverter : JsonConverter<PairedComparison>
{
    public override PairedComparison Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Written read = JsonSerializer.Deserialize<Written>(ref reader, options)!;
        ImmutableArray<int> clusters = read.Clusters
            ?? (read is { NegativeClusters: { } negative, PositiveClusters: { } positive }
                ? [negative, positive]
                : throw new JsonException("A comparison has no member 'clusters', expected the number of clusters of each class."));
        return new(read.Against, read.Slice, read.Difference, read.Lower, read.Upper, read.OtherLoss, clusters) { PValue = read.PValue, AdjustedPValue = read.AdjustedPValue };
    }

    public override void Write(Utf8JsonWriter writer, PairedComparison value, JsonSerializerOptions options) => JsonSerializer.Serialize(
        writer,
        new Written(value.Against, value.Slice, value.Difference, value.Lower, value.Upper, value.OtherLoss) { Clusters = value.Clusters, PValue = value.PValue, AdjustedPValue = value.AdjustedPValue },
        options);

    // Comparisons of two classes were once written with a member for either.
    private sealed record Written(string Against, string Slice, double Difference, double Lower, double Upper, double OtherLoss)
    {
        public ImmutableArray<int>? Clusters { get; init; }

        public double? PValue { get; init; }

        public double? AdjustedPValue { get; init; }

        public int? PositiveClusters { get; init; }

        public int? NegativeClusters { get; init; }
    }
}
