using System.Globalization;
using System.Text;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using static Lifecycle.Publishing.Releases.CardText;

namespace Lifecycle.Publishing.Releases;

/// <summary>What the model card of a Challenger says of itself: its data, its training, its measurements, and where its limits are.</summary>
internal static class TrainedSections
{
    public static void WriteData(StringBuilder card, ReleaseFacts facts, TrainedFacts trained)
    {
        DataSnapshot snapshot = trained.Snapshot;
        Line(card, "## Data");
        Line(card, $"{Number(snapshot.RowCount)} rows, known until {snapshot.Cutoff:yyyy-MM-dd}, sha256 `{snapshot.Digest}`. Training set: {Number(trained.Features.TrainingSet.RowCount)} rows ({Text(trained.Features.TrainingSet.Labels.Sentence)}). Holdout: {Number(trained.Features.Holdout.RowCount)} rows ({Text(trained.Features.Holdout.Labels.Sentence)}), {SplitSentence(facts.Definition)}.");
        if (!trained.Validation.Findings.IsEmpty)
        {
            Line(card, "The data contract's warnings:");
            List(card, trained.Validation.Findings.Select(finding => Text(finding.Sentence)));
        }
    }

    public static void WriteTraining(StringBuilder card, ReleaseFacts facts, TrainedFacts trained)
    {
        Line(card, "## Training");
        Line(card, $"{trained.Challenger.Trainer.Sentence}, on {Number(trained.Features.FeatureCount)} features of the text `{Text(facts.Definition.Features.Schema.Columns[0].Name)}`. The file is one graph from raw text to probability; it differs from the trained model by at most {facts.Export.Parity.MaximumDifference.ToString("0.0e0", CultureInfo.InvariantCulture)} over {Number(facts.Export.Parity.RowCount)} rows.");
    }

    public static void WriteEvaluation(StringBuilder card, EvaluationReport evaluation)
    {
        Line(card, "## Evaluation");
        Line(card, "Of the file itself, on the holdout. Lower loss, higher area and precision are better.");
        Row(card, "slice", "model", "rows", "positive", "balanced log loss", "AUC", "average precision", "calibration error");
        Row(card, "---", "---", "---:", "---:", "---:", "---:", "---:", "---:");
        (string Name, ModelMetrics? Metrics)[] models = [("challenger", evaluation.Challenger), ("champion", evaluation.Champion), ("reference", evaluation.Reference)];
        foreach (string slice in evaluation.Challenger.Slices.Keys)
        {
            foreach ((string name, ModelMetrics? metrics) in models)
            {
                if (metrics?.Slices.GetValueOrDefault(slice) is { } row)
                {
                    Row(card, Text(slice), name, Number(row.RowCount), Number(row.PositiveCount), Fraction(row.BalancedLogLoss), Fraction(row.AreaUnderCurve), Fraction(row.AveragePrecision), Fraction(row.CalibrationError));
                }
            }
        }

        card.Append('\n');
        List(card, evaluation.Comparisons.Select(comparison =>
            $"against the {Text(comparison.Against)} on `{Text(comparison.Slice)}`: loss difference {Fraction(comparison.Difference)}, 95% interval {Fraction(comparison.Lower)} to {Fraction(comparison.Upper)}"));
    }

    public static IEnumerable<string> Limits(ReleaseFacts facts, TrainedFacts trained) =>
    [
        $"It knows nothing after {trained.Snapshot.Cutoff:yyyy-MM-dd}, and only what the data of this snapshot shows.",
        ModelCard.InputLimit(facts.Definition.Features),
        "Its probabilities are calibrated for the share of positives in the holdout; another population needs another threshold.",
        $"The gate decided on the slice `{Text(facts.Definition.Gate.PrimarySlice)}`{Protected(facts.Definition.Gate)}. Every other slice is for information.",
    ];

    private static string Protected(GatePolicy gate) => gate.ProtectedSlices.IsEmpty
        ? ""
        : $", and let the model be no worse than its champion on {string.Join(", ", gate.ProtectedSlices.Select(slice => $"`{Text(slice)}`"))}";

    private static string SplitSentence(ModelDefinition definition) => definition.Split.TimeColumn(definition.Features) is { } time
        ? $"the newest by `{Text(time)}`"
        : $"set apart by a stable hash of `{Text(definition.Split.Column ?? definition.Features.Key)}`";
}
