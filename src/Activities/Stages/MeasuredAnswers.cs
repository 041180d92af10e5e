using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Training;
using Lifecycle.Evaluation.Rows;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Activities.Stages;

/// <summary>Lets models answer a Holdout, and says which class shares they take for granted.</summary>
/// <param name="model">The definition that asks.</param>
/// <param name="training">What the Challenger was trained on.</param>
/// <param name="holdout">The rows.</param>
internal sealed class MeasuredAnswers(ModelDefinition model, TrainingSet training, RowSet holdout)
{
    /// <summary>Why a model cannot be held against others on these rows, in a sentence's end; null where it can.</summary>
    public string? Mismatch(OnnxScorer scorer) => scorer.RowRules.Mismatch(holdout.Inputs.Schema)
        ?? (model.Predicts.AnswersLike(scorer.Target) ? null : $"it answers {scorer.Target.Sentence}, and the challenger {model.Predicts.Sentence}");

    /// <summary>A model's answers.</summary>
    public ScoredModel Of(OnnxScorer scorer, string digest)
    {
        (Answers answers, Answers? bounds) = scorer.ScoreWithin(holdout.Inputs);
        return new ScoredModel(digest, answers)
        {
            AssumedShares = SharesSeen(scorer.HasTrueShares),
            Decides = scorer.Target.Decides,
            Bounds = bounds,
        };
    }

    // A model trained on balanced classes takes all for equally likely, unless that is corrected; any other learned the shares it saw, by weight.
    private ImmutableArray<double> SharesSeen(bool isCorrected)
    {
        ImmutableArray<double> shares = [.. training.Labels.Classes.Select(one => (double)one.RowCount / training.RowCount)];
        return isCorrected ? shares : model.Trainer.WeighsClassesAlike || shares.IsEmpty ? [] : ClassWeighting.SharesAfter(model.Trainer, model.Predicts, shares);
    }
}
