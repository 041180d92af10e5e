using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schedules;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Definitions.Rules;

/// <summary>What is said of traffic can be kept: the prediction log holds one text a request and one probability an answer.</summary>
internal static class TrafficRules
{
    private const string Advice = "reads the prediction log, which holds one text a request and a probability an answer, and this model reads a table or answers otherwise; remove it";

    /// <summary>All breaches of a model whose traffic is not logged.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition)
    {
        if (definition is { Features.Schema.OnlyText: not null, Predicts.Answer: AnswerForm.Probability })
        {
            yield break;
        }

        foreach ((int index, ScheduleDefinition schedule) in definition.Schedules.Index().Where(one => one.Item.Does is not ScheduleDuty.Retrain))
        {
            yield return new($"schedules[{index}]", $"schedule '{schedule.Id}' {Advice}");
        }

        if (!definition.Watch.ProtectedSlices.IsEmpty)
        {
            yield return new("watch.protectedSlices", $"'watch.protectedSlices' {Advice}");
        }

        if (definition.Source.Feedback)
        {
            yield return new("source.feedback", $"'source.feedback' {Advice}");
        }
    }
}
