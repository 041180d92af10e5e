using System.Globalization;
using System.Text;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Schemas;
using Lifecycle.Publishing.Files;
using static Lifecycle.Publishing.Releases.CardText;

namespace Lifecycle.Publishing.Releases;

/// <summary>What the model card of a ReferenceModel says of itself: what it answers, and where its limits are.</summary>
internal static class ReferenceSections
{
    public static void WriteAnswers(StringBuilder card, ModelDefinition definition, CompiledReference reference)
    {
        ColdStartDefinition start = definition.Reference.ColdStart!;
        Target target = definition.Predicts;
        InputSchema schema = definition.Features.Schema;
        string sureness = target.Answer switch
        {
            AnswerForm.Probability => $" answers {Fraction(definition.Reference.Confidence)} for a known {Text(target.ClassNames[^1])} and {Fraction(1 - definition.Reference.Confidence)} for a known {Text(target.ClassNames[0])};",
            AnswerForm.Probabilities => $" answers {Fraction(definition.Reference.Confidence)} for a known class;",
            _ => " answers a known number as it is;",
        };
        Line(card, "## What it answers");
        Line(card, $"It is no trained model: {Text(reference.Description)}. {(start.Lookup is null ? "All" : $"The lookup{sureness} all")} of it was known by {start.Cutoff:yyyy-MM-dd} and stands in `{ReleaseFileNames.Reference}`. {Data(reference)} The first rule that fits answers:");
        Row(card, "rule", StatedAnswer.KeyFor(target));
        Row(card, "---", "---:");
        foreach (ReferenceRule rule in start.Rules)
        {
            Row(card, Text(rule.Told(schema)), Text(StatedAnswer.Told(target, rule.Answer.For(target))));
        }

        card.Append('\n');
        Line(card, $"The file is one graph from raw columns to {Text(target.Sentence)}; it differs from the reference by at most {reference.Model.Parity.MaximumDifference.ToString("0.0e0", CultureInfo.InvariantCulture)} over {Number(reference.Model.Parity.RowCount)} rows.");
    }

    private static string Data(CompiledReference reference) => reference.Snapshot is { } fitted
        ? $"Its groups were fitted on the training part of DataSnapshot {Text(fitted.Id)}, {Number(fitted.RowCount)} rows with the holdout, which it has not seen."
        : "It was started without data.";

    public static IEnumerable<string> Limits(ReleaseFacts facts) =>
    [
        $"How {(facts.Definition.Predicts.Answer == AnswerForm.Value ? "far it is off" : "often it is right")} is not known. Its numbers are what somebody believed{(facts.Origin is ReferenceFacts { Reference.Snapshot: not null } ? ", or what was counted and held against nothing" : ", not what was counted")}.",
        ModelCard.InputLimit(facts.Definition.Features.Schema),
        "It has no drift baseline: the watch says so, and decides nothing, until a trained model is live.",
        "It gives way to the first trained model that the gate finds better on the same rows.",
    ];
}
