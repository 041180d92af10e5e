using System.Globalization;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Training;

/// <summary>Which objective can learn which target, and what else it needs. Pure.</summary>
public static class Objectives
{
    /// <summary>The objective of a definition that names none.</summary>
    public static TrainingObjective DefaultOf(Target target) => target.Answer switch
    {
        AnswerForm.Probability => TrainingObjective.Binary,
        AnswerForm.Probabilities => TrainingObjective.Multiclass,
        _ => TrainingObjective.Squared,
    };

    /// <summary>Whether an objective's answers are those of the target.</summary>
    public static bool Fit(TrainingObjective objective, Target target) => objective switch
    {
        TrainingObjective.Binary => target.Answer == AnswerForm.Probability,
        TrainingObjective.Multiclass => target.Answer == AnswerForm.Probabilities,
        _ => target.Answer == AnswerForm.Value,
    };

    /// <summary>What is wrong with an objective's parameter, as a sentence; null where nothing is.</summary>
    public static string? ParameterFault(TrainingObjective? objective, double? parameter) => (objective, parameter) switch
    {
        (TrainingObjective.Huber, null or > 0) => null,
        (TrainingObjective.Quantile, > 0 and < 1) => null,
        (TrainingObjective.Tweedie, null or (> 1 and < 2)) => null,
        (TrainingObjective.Huber, _) => Text($"huber's parameter is {parameter}; expected its δ, above 0"),
        (TrainingObjective.Quantile, null) => "quantile needs 'objectiveParameter', the quantile between 0 and 1; add it",
        (TrainingObjective.Quantile, _) => Text($"quantile's parameter is {parameter}; expected the quantile, between 0 and 1"),
        (TrainingObjective.Tweedie, _) => Text($"tweedie's parameter is {parameter}; expected its power, between 1 and 2"),
        (_, null) => null,
        _ => "'objectiveParameter' is given, and this objective has none; remove it",
    };

    private static string Text(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
