using System.Globalization;
using System.Text;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Models;
using Lifecycle.Publishing.Files;
using static Lifecycle.Publishing.Releases.CardText;

namespace Lifecycle.Publishing.Releases;

/// <summary>What the model card of a ReferenceModel says of itself: what it answers, and where its limits are.</summary>
internal static class ReferenceSections
{
    public static void WriteAnswers(StringBuilder card, ReferenceModelDefinition definition, CompiledReference reference)
    {
        ColdStartDefinition start = definition.ColdStart!;
        Line(card, "## What it answers");
        Line(card, $"It is no trained model: {Text(reference.Description)}. The lookup answers {Fraction(definition.Confidence)} for a known 1 and {Fraction(1 - definition.Confidence)} for a known 0; all of it was known by {start.Cutoff:yyyy-MM-dd} and stands in `{ReleaseFileNames.Reference}`. The first rule that fits answers:");
        Row(card, "rule", "probability");
        Row(card, "---", "---:");
        foreach (TextRule rule in start.Rules)
        {
            Row(card, $"{Asked(rule)} `{Text(rule.Is ?? rule.StartsWith ?? rule.EndsWith ?? rule.Contains ?? "")}`", Fraction(rule.Probability));
        }

        card.Append('\n');
        Line(card, $"The file is one graph from raw text to probability; it differs from the reference by at most {reference.Model.Parity.MaximumDifference.ToString("0.0e0", CultureInfo.InvariantCulture)} over {Number(reference.Model.Parity.RowCount)} texts.");
    }

    public static IEnumerable<string> Limits(ReleaseFacts facts) =>
    [
        "How often it is right is not known. Its numbers are what somebody believed, not what was counted.",
        ModelCard.InputLimit(facts.Definition.Features),
        "It has no drift baseline: the watch says so, and decides nothing, until a trained model is live.",
        "It gives way to the first trained model that the gate finds better on the same rows.",
    ];

    private static string Asked(TextRule rule) => rule switch
    {
        { Is: not null } => "is",
        { StartsWith: not null } => "starts with",
        { EndsWith: not null } => "ends with",
        _ => "contains",
    };
}
