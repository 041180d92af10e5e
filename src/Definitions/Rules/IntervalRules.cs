using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.Definitions.Rules;

/// <summary>Intervals are of numbers, from a trainer that learns quantiles, under names that no input has.</summary>
internal static class IntervalRules
{
    /// <summary>All breaches of <c>intervals</c>.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition)
    {
        if (definition.Intervals is not { } intervals)
        {
            yield break;
        }

        if (definition.Predicts.Answer != AnswerForm.Value)
        {
            yield return new("intervals", $"'intervals' is of models that answer a number, and this one answers {definition.Predicts.Sentence}; a probability says itself how sure it is: leave it out");
        }
        else if (definition.Trainer.ForQuantile(intervals.LowerLevel) is null)
        {
            yield return new("intervals", $"'intervals' asks for quantiles, which the trainer {TrainerDefinition.Kinds.NameOf(definition.Trainer)} does not learn; expected the trainer lightGbm, or no 'intervals'");
        }

        foreach (InputColumn column in definition.Features.Schema.Columns.Where(column => column.Name is GraphNames.Lower or GraphNames.Upper))
        {
            yield return new($"features.inputs.{column.Name}", $"input '{column.Name}' is called as an end of the intervals is; rename the column in the script");
        }
    }
}
