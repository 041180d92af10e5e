using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Definitions.Rules;

/// <summary>What is said of traffic can be kept: rows are named as the model reads them, and a cold start answers one text with a probability.</summary>
internal static class TrafficRules
{
    /// <summary>All breaches.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition) => ScoredRows(definition).Concat(ColdStart(definition));

    private static IEnumerable<RuleBreach> ScoredRows(ModelDefinition definition) => definition.Schedules.Index()
        .Where(one => definition.Features.Schema.OnlyText is null && one.Item.Rows?.InputColumn is not null)
        .Select(one => new RuleBreach(
            $"schedules[{one.Index}].rows.inputColumn",
            $"schedule '{one.Item.Id}' names the column of one text, and this model reads columns, which are found by their names; remove 'inputColumn'"));

    private static IEnumerable<RuleBreach> ColdStart(ModelDefinition definition) =>
        definition.Reference.ColdStart is not null && definition is not { Features.Schema.OnlyText: not null, Predicts.Answer: AnswerForm.Probability }
            ? [new("reference.coldStart", "'reference.coldStart' answers one text with a probability, and this model reads a table or answers otherwise; remove it")]
            : [];
}
