using System.Globalization;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Training;

/// <summary>
/// Which <see cref="TrainingObjective"/> can be minimised for which target, parameter and label. This is the one place that knows: what
/// reads definitions asks it, and so does every trainer.
/// </summary>
public static class ObjectiveRules
{
    private const double DefaultTweediePower = 1.5;

    /// <summary>The objective of a definition; where it names none, the one of the target's answer: binary, multiclass or squared.</summary>
    public static TrainingObjective Choose(Target target, TrainingObjective? wanted) => wanted ?? target.Answer switch
    {
        AnswerForm.Probability => TrainingObjective.Binary,
        AnswerForm.Probabilities => TrainingObjective.Multiclass,
        _ => TrainingObjective.Squared,
    };

    /// <summary>The objective's parameter; tweedie without one has power 1.5, and null is of objectives without a parameter.</summary>
    public static double? Parameter(TrainingObjective objective, double? wanted) =>
        wanted ?? (objective == TrainingObjective.Tweedie ? DefaultTweediePower : null);

    /// <summary>What answers estimate that lose least by an objective.</summary>
    public static Elicited Elicits(TrainingObjective objective, double? parameter) => objective switch
    {
        TrainingObjective.Binary or TrainingObjective.Multiclass => new(ElicitedKind.Probabilities),
        TrainingObjective.Absolute => new(ElicitedKind.Quantile),
        TrainingObjective.Quantile => new(ElicitedKind.Quantile, parameter ?? 0.5),
        TrainingObjective.Huber => new(ElicitedKind.Centre),
        _ => new(ElicitedKind.Mean),
    };

    /// <summary>What keeps an objective and its parameter from a target, as a sentence's end for people; null if they go together.</summary>
    public static string? Conflict(Target target, TrainingObjective? wanted, double? parameter)
    {
        TrainingObjective objective = Choose(target, wanted);
        AnswerForm form = FormOf(objective);
        return form == target.Answer
            ? ConflictOfParameter(objective, Parameter(objective, parameter))
            : $"objective is {Name(objective)}, whose models answer with {Words(form)}, but the target asks for {Words(target.Answer)}; expected {string.Join(", ", Enum.GetValues<TrainingObjective>().Where(known => FormOf(known) == target.Answer).Select(Name))}";
    }

    /// <summary>What keeps an objective from a label, as a sentence's end for people; null if nothing does.</summary>
    public static string? ConflictOfLabel(TrainingObjective objective, double label) => objective switch
    {
        TrainingObjective.Poisson or TrainingObjective.Tweedie when label < 0 => Sentence(objective, label, "at least 0", "squared"),
        TrainingObjective.Gamma when label <= 0 => Sentence(objective, label, "above 0", "tweedie, which takes zeros"),
        _ => null,
    };

    /// <summary>The name that documents give an objective.</summary>
    public static string Name(TrainingObjective objective) => objective.ToString().ToLowerInvariant();

    private static string? ConflictOfParameter(TrainingObjective objective, double? parameter) => (objective, parameter) switch
    {
        (TrainingObjective.Huber, not (> 0 and < double.PositiveInfinity)) => Wanted("huber", parameter, "the error, in the label's unit, up to which it is squared: a number above 0"),
        (TrainingObjective.Quantile, not (> 0 and < 1)) => Wanted("quantile", parameter, "the quantile to learn: a number between 0 and 1, both excluded"),
        (TrainingObjective.Tweedie, not (> 1 and < 2)) => Wanted("tweedie", parameter, "the variance's power: a number between 1 and 2, both excluded"),
        (TrainingObjective.Huber or TrainingObjective.Quantile or TrainingObjective.Tweedie, _) => null,
        (_, { } given) => string.Create(CultureInfo.InvariantCulture, $"objectiveParameter is {given}, but objective {Name(objective)} has no parameter; leave it out"),
        _ => null,
    };

    private static string Wanted(string objective, double? parameter, string expected) => string.Create(
        CultureInfo.InvariantCulture, $"objectiveParameter of objective {objective} is {(parameter is { } given ? given.ToString(CultureInfo.InvariantCulture) : "missing")}; expected {expected}");

    private static string Sentence(TrainingObjective objective, double label, string expected, string instead) => string.Create(
        CultureInfo.InvariantCulture, $"label {label}, which objective {Name(objective)} cannot learn; expected labels {expected}, or another objective, such as {instead}");

    private static AnswerForm FormOf(TrainingObjective objective) => objective switch
    {
        TrainingObjective.Binary => AnswerForm.Probability,
        TrainingObjective.Multiclass => AnswerForm.Probabilities,
        _ => AnswerForm.Value,
    };

    private static string Words(AnswerForm form) => form switch
    {
        AnswerForm.Probability => "one probability",
        AnswerForm.Probabilities => "a probability for each class",
        _ => "a number",
    };
}
