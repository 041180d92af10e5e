using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lifecycle.Domain.Evaluation;

/// <summary>
/// Measurements of one model on one slice of the Holdout; a slice without rows is not measured at all. Reports from the time when every
/// model was of two classes read the same.
/// </summary>
[JsonConverter(typeof(SliceMetricsConverter))]
public sealed record SliceMetrics
{
    /// <summary>Rows of the slice.</summary>
    public required long RowCount { get; init; }

    /// <summary>Rows of each class, in the order of <see cref="EvaluationReport.Classes"/>; empty where labels are numbers.</summary>
    public ImmutableArray<long> ClassRows { get; init; } = [];

    /// <summary>Mean of the loss that decides.</summary>
    public required double Loss { get; init; }

    /// <summary>The figures by name; one that means nothing on these rows, such as an AUC of one class, is not there.</summary>
    public ImmutableSortedDictionary<string, double> Figures { get; init; } = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>A figure; null where it means nothing on these rows.</summary>
    public double? Find(string figure) => Figures.TryGetValue(figure, out double value) ? value : null;
}

internal sealed class SliceMetricsConverter : JsonConverter<SliceMetrics>
{
    public override SliceMetrics Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<Written>(ref reader, options)!.ToMetrics();

    public override void Write(Utf8JsonWriter writer, SliceMetrics value, JsonSerializerOptions options) => JsonSerializer.Serialize(
        writer,
        new Written { RowCount = value.RowCount, ClassRows = value.ClassRows.IsEmpty ? null : value.ClassRows, Loss = value.Loss, Figures = value.Figures },
        options);

    // The members below Figures are how reports of two classes were written once.
    private sealed record Written
    {
        public required long RowCount { get; init; }

        public ImmutableArray<long>? ClassRows { get; init; }

        public double? Loss { get; init; }

        public ImmutableSortedDictionary<string, double>? Figures { get; init; }

        public long? PositiveCount { get; init; }

        public double? BalancedLogLoss { get; init; }

        public double? LogLoss { get; init; }

        public double? AreaUnderCurve { get; init; }

        public double? AveragePrecision { get; init; }

        public double? CalibrationError { get; init; }

        public SliceMetrics ToMetrics() => new()
        {
            RowCount = RowCount,
            ClassRows = ClassRows ?? (PositiveCount is { } positive ? [RowCount - positive, positive] : []),
            Loss = Loss ?? BalancedLogLoss ?? throw new JsonException("Measurements of a slice have no member 'loss', expected the mean of the loss that decides."),
            Figures = (Figures ?? Old()).ToImmutableSortedDictionary(StringComparer.Ordinal),
        };

        private IEnumerable<KeyValuePair<string, double>> Old() => Figure.OfTwoClasses
            .Zip([BalancedLogLoss, LogLoss, AreaUnderCurve, AveragePrecision, CalibrationError], (figure, value) => (figure.Name, Value: value))
            .Where(figure => figure.Value is not null)
            .Select(figure => KeyValuePair.Create(figure.Name, figure.Value!.Value));
    }
}
