using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
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
        Line(card, $"{trained.Challenger.Trainer.Sentence}, on {Number(trained.Features.FeatureCount)} features of {Columns(facts.Definition.Features.Schema)}. The file is one graph from there to {Text(facts.Definition.Predicts.Sentence)}; it differs from the trained model by at most {facts.Export.Parity.MaximumDifference.ToString("0.0e0", CultureInfo.InvariantCulture)} over {Number(facts.Export.Parity.RowCount)} rows.");
        if (trained.Challenger.Trainer.ClassWeights is { Count: > 0 } weights)
        {
            Line(card, $"In training a row counted, by its class: {string.Join(", ", weights.Select(weight => $"`{Text(weight.Key)}` {Fraction(weight.Value)}"))}; of any other class 1.{(facts.Evaluation.DecidingLoss?.IsBalanced == false ? " Its probabilities are corrected for that." : " Its probabilities are shifted accordingly.")}");
        }

        if (facts.Definition.Intervals is { } intervals)
        {
            Line(card, $"With each number comes an interval that shall hold {Fraction(intervals.Coverage)} of the labels; how many of the holdout's it held stands in the report.");
        }

        if (facts.Definition.Predicts is { Decides: { } rule, ClassNames: [.., var positive] })
        {
            Line(card, $"The file says what an answer decides: `{Text(positive)}` from a probability of {Fraction(rule.From)} on{(rule.Costs is { } costs ? $", where a wrong decision for it ({Fraction(costs.FalsePositive)}) and one against it ({Fraction(costs.FalseNegative)}) cost the same" : "")}.");
        }
    }

    public static void WriteEvaluation(StringBuilder card, EvaluationReport evaluation)
    {
        Line(card, "## Evaluation");
        string loss = evaluation.LossTitle;
        ImmutableArray<Figure> figures = [.. evaluation.Figures.Where(figure => figure.Title != loss)];
        Line(card, $"Of the file itself, on the holdout. The {loss} decides; lower is better.");
        Row(card, ["slice", "model", "rows", .. Classes(evaluation).Select(named => $"of class {Text(named.Name)}"), loss, .. figures.Select(figure => figure.Title)]);
        Row(card, ["---", "---", "---:", .. Enumerable.Repeat("---:", Classes(evaluation).Length + 1 + figures.Length)]);
        (string Name, ModelMetrics? Metrics)[] models = [("challenger", evaluation.Challenger), ("champion", evaluation.Champion), ("reference", evaluation.Reference)];
        foreach (string slice in evaluation.Challenger.Slices.Keys)
        {
            foreach ((string name, ModelMetrics? metrics) in models)
            {
                if (metrics?.Slices.GetValueOrDefault(slice) is { } row)
                {
                    Row(card, [Text(slice), name, Number(row.RowCount), .. Classes(evaluation).Select(named => Number(row.ClassRows[named.Position])), Fraction(row.Loss), .. figures.Select(figure => Fraction(row.Find(figure.Name)))]);
                }
            }
        }

        card.Append('\n');
        List(card, evaluation.Comparisons.Select(comparison =>
            $"against the {Text(comparison.Against)} on `{Text(comparison.Slice)}`: loss difference {Fraction(comparison.Difference)}, 95% interval {Fraction(comparison.Lower)} to {Fraction(comparison.Upper)}"));
    }

    // Of two classes the second is told alone: the rest are of the first.
    private static ImmutableArray<(int Position, string Name)> Classes(EvaluationReport evaluation) =>
        [.. evaluation.Classes.Index().Skip(evaluation.Classes.Length == 2 ? 1 : 0).Select(named => (named.Index, named.Item))];

    public static IEnumerable<string> Limits(ReleaseFacts facts, TrainedFacts trained) =>
    [
        $"It knows nothing after {trained.Snapshot.Cutoff:yyyy-MM-dd}, and only what the data of this snapshot shows.",
        ModelCard.InputLimit(facts.Definition.Features.Schema),
        Population(facts.Definition.Predicts.Answer),
        $"The gate decided on the slice `{Text(facts.Definition.Gate.PrimarySlice)}`{Protected(facts.Definition.Gate)}. Every other slice is for information.",
    ];

    private static string Columns(InputSchema schema) =>
        $"the raw {(schema.OnlyText is null ? "columns" : "text")} {string.Join(", ", schema.Columns.Select(column => $"`{Text(column.Name)}`"))}";

    private static string Population(AnswerForm answer) => answer switch
    {
        AnswerForm.Probability => "Its probabilities are calibrated for the share of positives in the holdout; another population needs another threshold.",
        AnswerForm.Probabilities => "Its probabilities are calibrated for the shares of the classes in the holdout; another population needs a correction.",
        _ => "Its errors were measured on the holdout; where other numbers are usual, expect other errors.",
    };

    private static string Protected(GatePolicy gate) => gate.ProtectedSlices.IsEmpty
        ? ""
        : $", and let the model be no worse than its champion on {string.Join(", ", gate.ProtectedSlices.Select(slice => $"`{Text(slice)}`"))}";

    private static string SplitSentence(ModelDefinition definition) => definition.Split.TimeColumn(definition.Features) is { } time
        ? $"the newest by `{Text(time)}`"
        : $"set apart by a stable hash of `{Text(definition.Split.Column ?? definition.Features.Key)}`";
}
