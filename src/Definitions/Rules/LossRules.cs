using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Definitions.Rules;

/// <summary>The deciding loss is one, and fits the target; the reference model fits both.</summary>
internal static class LossRules
{
    /// <summary>All breaches.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition)
    {
        Target target = definition.Predicts;
        Loss? loss = Loss.DefaultFor(target);
        if (definition.Gate.Loss is { } text && !Loss.TryParse(text, out loss, out string? problem))
        {
            yield return new("gate.loss", $"'gate.loss': {problem}");
            yield break;
        }

        if (!loss!.Fits(target))
        {
            yield return new("gate.loss", $"'gate.loss' is {loss.Text}, which cannot judge a target of type {Target.Kinds.NameOf(target)}; leave it out for {Loss.DefaultFor(target).Text}");
        }
        else if (definition.Reference.ProblemWith(target, loss) is { } unfit)
        {
            yield return new("reference.statistic", unfit);
        }

        foreach (string column in definition.Reference.Groups.SelectMany(group => group).Distinct().Where(column => definition.Features.Schema.IndexOf(column) < 0))
        {
            yield return new("reference.groups", $"'reference.groups' names column '{column}', which is no input; expected some of {string.Join(", ", definition.Features.Schema.Columns.Select(input => input.Name))}");
        }
    }
}
