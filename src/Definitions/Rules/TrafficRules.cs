using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schedules;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Definitions.Rules;

/// <summary>What is said of traffic can be kept: rows are named as the model reads them, and what compares traffic reads one text with a probability.</summary>
internal static class TrafficRules
{
    private const string Advice = "compares traffic, one text a request and a probability an answer, and this model reads a table or answers otherwise; remove it";

    /// <summary>All breaches.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition) => ScoredRows(definition).Concat(Unwatched(definition));

    private static IEnumerable<RuleBreach> ScoredRows(ModelDefinition definition) => definition.Schedules.Index()
        .Where(one => definition.Features.Schema.OnlyText is null && one.Item.Rows?.InputColumn is not null)
        .Select(one => new RuleBreach(
            $"schedules[{one.Index}].rows.inputColumn",
            $"schedule '{one.Item.Id}' names the column of one text, and this model reads columns, which are found by their names; remove 'inputColumn'"));

    private static IEnumerable<RuleBreach> Unwatched(ModelDefinition definition)
    {
        if (definition is { Features.Schema.OnlyText: not null, Predicts.Answer: AnswerForm.Probability })
        {
            yield break;
        }

        foreach ((int index, ScheduleDefinition schedule) in definition.Schedules.Index().Where(one => one.Item.Does is ScheduleDuty.Watch))
        {
            yield return new($"schedules[{index}]", $"schedule '{schedule.Id}' {Advice}");
        }

        if (!definition.Watch.ProtectedSlices.IsEmpty)
        {
            yield return new("watch.protectedSlices", $"'watch.protectedSlices' {Advice}");
        }

        if (definition.Reference.ColdStart is not null)
        {
            yield return new("reference.coldStart", "'reference.coldStart' answers one text with a probability, and this model reads a table or answers otherwise; remove it");
        }
    }
}
