using Lifecycle.Domain.Evaluation.Losses;

namespace Lifecycle.Domain.Models;

/// <summary>
/// A trainer that learns something else than the deciding loss asks for, such as means where medians are asked for. Of symmetric labels both
/// are the same, so it is a warning; of skewed ones the model can lose to a constant.
/// </summary>
/// <param name="Learnt">What the trainer's objective learns, such as <c>means</c>.</param>
/// <param name="Asked">What the loss asks for, such as <c>medians</c>.</param>
/// <param name="LossText">The loss, such as <c>absolute</c>.</param>
public sealed record ObjectiveMismatch(string Learnt, string Asked, string LossText)
{
    /// <summary>The warning as a sentence.</summary>
    public string Sentence => $"'trainer' learns {Learnt}, but 'gate.loss' is {LossText}, which asks for {Asked}; where labels are skewed the two are far apart: choose an objective of {Asked}, or a loss of {Learnt}";

    /// <summary>What does not match in a definition; null where it does, or where the trainer does not say what it learns.</summary>
    public static ObjectiveMismatch? Of(ModelDefinition definition)
    {
        string text = definition.Gate.Loss ?? Loss.DefaultFor(definition.Predicts).Text;
        return definition.Trainer.Learns(definition.Predicts) is { } learnt && Loss.TryParse(text, out Loss? loss, out _) && Differs(learnt, loss.Elicits)
            ? new(learnt.Sentence, loss.Elicits.Sentence, loss.Text)
            : null;
    }

    // A centre lies between both, and is near either by its δ.
    private static bool Differs(Elicited learnt, Elicited asked) =>
        learnt.Kind is ElicitedKind.Mean or ElicitedKind.Quantile && asked.Kind is ElicitedKind.Mean or ElicitedKind.Quantile
        && (learnt.Kind != asked.Kind || (learnt.Kind == ElicitedKind.Quantile && learnt.Level != asked.Level));
}
