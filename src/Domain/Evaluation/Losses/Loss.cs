using System.Diagnostics.CodeAnalysis;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Evaluation.Losses;

/// <summary>
/// What one answer loses once the label is known; its mean decides between models. Chosen by name in model.yaml
/// (docs/formats/model-yaml.md), pure, over columns of rows. Never infinite: each kind says where it cuts off.
/// </summary>
public abstract record Loss
{
    /// <summary>The loss as definitions and reports write it, such as <c>huber(1)</c>.</summary>
    public abstract string Text { get; }

    /// <summary>The loss in words, such as <c>balanced log loss</c>.</summary>
    public abstract string Title { get; }

    /// <summary>What a model has to answer to lose least.</summary>
    public abstract Elicited Elicits { get; }

    /// <summary>Whether the mean is taken over each class, and then over the classes, whatever their shares.</summary>
    public virtual bool IsBalanced => false;

    /// <summary>Whether its reference has to be a mean: a deviance of the mean is no measure of a median, which may be zero.</summary>
    public virtual bool IsDeviance => false;

    /// <summary>Whether it can judge answers of this target.</summary>
    public abstract bool Fits(Target target);

    /// <summary>What the loss asks of labels, where this one does not keep to it; null where it does.</summary>
    public virtual string? ProblemWith(double label) => null;

    /// <summary>Smallest prediction that is taken as it is, on rows with these labels; null where all are.</summary>
    public virtual double? FloorFor(ReadOnlySpan<double> labels) => null;

    /// <summary>The loss of each row.</summary>
    /// <param name="answers">The model's answers.</param>
    /// <param name="labels">The labels of the same rows, as <see cref="Target"/> numbers them.</param>
    /// <param name="floor">See <see cref="FloorFor"/>; null takes that of these labels.</param>
    public abstract double[] Of(Answers answers, ReadOnlySpan<double> labels, double? floor = null);

    /// <summary>The loss that decides about models of a target where the definition names none.</summary>
    public static Loss DefaultFor(Target target) => target.Answer == AnswerForm.Value ? new AbsoluteLoss() : new LogLoss(isBalanced: true);

    /// <summary>The loss of a text such as <c>absolute</c> or <c>pinball(0.9)</c>.</summary>
    /// <exception cref="FormatException">It is no loss; the message says what is expected.</exception>
    public static Loss Parse(string text) => TryParse(text, out Loss? loss, out string? problem) ? loss : throw new FormatException(problem);

    /// <summary>The loss of a text, or what is wrong with the text.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Loss? loss, [NotNullWhen(false)] out string? problem)
    {
        (loss, problem) = LossText.Read(text);
        return loss is not null;
    }
}
