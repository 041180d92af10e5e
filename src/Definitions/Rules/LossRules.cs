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

        foreach (string misgrouped in definition.Reference.Groups.SelectMany(group => group).Select(column => column.ProblemIn(definition.Features.Schema)).OfType<string>().Distinct())
        {
            yield return new("reference.groups", misgrouped);
        }
    }
}
