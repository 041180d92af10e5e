using System.Collections.Immutable;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Definitions.Drafts;

/// <summary>A trainer of a size that the rows can bear and, where labels are numbers, an objective and a loss that want the same of an answer.</summary>
internal static class DraftTrainer
{
    private const int RowsPerLeaf = 400;
    private const int FewestRowsToStopEarly = 1000;

    /// <summary>The lines of YAML.</summary>
    public static IEnumerable<string> Of(DraftPlan plan)
    {
        long rows = plan.Profile.RowCount - plan.Label.NullCount;
        long leaves = Math.Clamp(rows / RowsPerLeaf, 4, 31);
        string size = FormattableString.Invariant(rows < FewestRowsToStopEarly
            ? (FormattableString)$"trees: 50, leaves: {leaves}"
            : $"trees: 300, leaves: {leaves}, learningRate: 0.05, earlyStopping: 30");
        string? measure = MeasureOf(plan);
        yield return $"trainer: {{ type: lightGbm, {(measure is null ? "" : $"objective: {measure}, ")}{size} }}";
        if (measure is not null)
        {
            yield return $"gate: {{ loss: {(measure == "tweedie" ? "tweedie(1.5)" : measure)} }}";
        }
    }

    /// <summary>Says why, where labels are numbers.</summary>
    public static void Explain(DraftPlan plan, ImmutableArray<string>.Builder decisions)
    {
        if (MeasureOf(plan) is { } measure)
        {
            decisions.Add($"learnt and judged by {measure}, whose answers are means{(measure == "squared" ? "" : ", as skewed amounts want it")}; absolute, in both places, if a median is asked for");
        }
    }

    private static string? MeasureOf(DraftPlan plan) => plan switch
    {
        { Target.Answer: not AnswerForm.Value } => null,
        { Label: { Type: ColumnType.Number, Minimum: 0 } } => "tweedie",
        { Label.Minimum: >= 0 } => "poisson",
        _ => "squared",
    };
}
