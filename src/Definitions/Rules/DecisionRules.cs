using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.Definitions.Rules;

/// <summary>Classes are weighed and decided by as the trainer's probabilities allow.</summary>
internal static class DecisionRules
{
    /// <summary>All breaches of <c>target.decision</c> and <c>trainer.classWeights</c>.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition) => [.. Decision(definition), .. Weights(definition)];

    private static IEnumerable<RuleBreach> Decision(ModelDefinition definition)
    {
        if (definition.Predicts.Decides is not { } rule)
        {
            yield break;
        }

        if (rule is { Threshold: not null, Costs: not null } or { Threshold: null, Costs: null })
        {
            yield return new("target.decision", $"'target.decision' names {(rule.Costs is null ? "neither a threshold nor costs" : "both a threshold and costs")}; expected one of 'threshold: 0.7' and 'costs: {{ falsePositive: 1, falseNegative: 5 }}'");
        }

        TrainerDefinition trainer = definition.Trainer;
        if (rule.Costs is not null && (trainer.WeighsClassesAlike || trainer.ClassWeights is { Count: > 0 }))
        {
            yield return new("target.decision.costs", trainer.WeighsClassesAlike
                ? "'target.decision.costs' needs probabilities as the classes really are, but the trainer makes all classes count alike; write 'trainer.balanceClasses: false'"
                : "'target.decision.costs' needs probabilities as the classes really are, but 'trainer.classWeights' shifts them; remove one of the two");
        }
    }

    private static IEnumerable<RuleBreach> Weights(ModelDefinition definition)
    {
        if (definition.Trainer.ClassWeights is not { Count: > 0 } weights)
        {
            yield break;
        }

        Target target = definition.Predicts;
        if (definition.Trainer.WeighsClassesAlike)
        {
            yield return new("trainer.classWeights", "'trainer.classWeights' is given, but the trainer makes all classes count alike; write 'balanceClasses: false' beside it");
        }

        foreach ((string name, double weight) in weights)
        {
            if (!target.ClassNames.Contains(name))
            {
                yield return new($"trainer.classWeights.{name}", $"'{name}' is no class of the target; expected {(target.ClassNames.IsEmpty ? "no class weights, since labels are numbers" : $"some of {string.Join(", ", target.ClassNames)}")}");
            }

            if (weight is not (> 0 and <= 1e6))
            {
                yield return new($"trainer.classWeights.{name}", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the weight of class '{name}' is {weight}; expected a number above 0, at most 1000000"));
            }
        }
    }
}
