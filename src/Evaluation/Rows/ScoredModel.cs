using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Evaluation.Rows;

/// <summary>A model's answers for the rows of the Holdout.</summary>
/// <param name="ModelDigest">SHA-256 of the ONNX file; for the ReferenceModel a description instead.</param>
/// <param name="Answers">One answer for each row: probabilities in [0, 1], or finite numbers.</param>
public sealed record ScoredModel(string ModelDigest, Answers Answers)
{
    // Float sums of softmax outputs miss one by a few units in the last place.
    private const double SumTolerance = 1e-3;

    /// <summary>
    /// Shares of the classes that the probabilities take for granted, in the target's order: those of its TrainingSet. Empty (the default)
    /// takes all for equally likely, as a model trained on balanced classes does. Calibration is judged after correction from these shares
    /// to the slice's own.
    /// </summary>
    public ImmutableArray<double> AssumedShares { get; init; } = [];

    /// <summary>Lower and upper end of each answer's interval; null where the model gives none.</summary>
    public Answers? Bounds { get; init; }

    /// <summary>What the model's own file decides; null takes the target's rule.</summary>
    public DecisionRule? Decides { get; init; }

    /// <summary>Throws unless there is one answer for each row, of the target's form.</summary>
    /// <param name="role">Which model this is, for the message.</param>
    /// <param name="target">What it answers.</param>
    /// <param name="rowCount">Rows of the Holdout.</param>
    /// <exception cref="ArgumentException">A count differs, an answer is not one, or an assumed share is not inside (0, 1).</exception>
    public void Validate(string role, Target target, int rowCount)
    {
        Require(Answers.Width == target.Width, $"the {role} answers {Answers.Width} numbers a row; expected {target.Width} for the target");
        Require(Answers.Count == rowCount, $"the {role} scored {Answers.Count} rows of {rowCount}; score every Holdout row");
        Require(
            AssumedShares.IsEmpty || (AssumedShares.Length == target.ClassNames.Length && AssumedShares.All(share => share is > 0 and < 1)),
            $"the {role}'s assumed shares are {string.Join(", ", AssumedShares)}; expected a share between 0 and 1 for each of {target.ClassNames.Length} classes");
        for (int row = 0; row < rowCount; row++)
        {
            ValidateRow(role, row, target.Answer);
        }
    }

    private void ValidateRow(string role, int row, AnswerForm form)
    {
        double sum = 0;
        foreach (float number in Answers.Of(row))
        {
            sum += number;
            Require(form == AnswerForm.Value ? float.IsFinite(number) : number is >= 0 and <= 1, role, form, row, number);
        }

        if (form == AnswerForm.Probabilities && Math.Abs(sum - 1) > SumTolerance)
        {
            throw new ArgumentException($"the {role}'s probabilities for Holdout row {row} sum to {sum}; expected 1");
        }
    }

    private static void Require(bool holds, string role, AnswerForm form, int row, float found)
    {
        if (!holds)
        {
            throw new ArgumentException(form == AnswerForm.Value
                ? $"the {role}'s value for Holdout row {row} is {found}; expected a finite number"
                : $"the {role}'s probability for Holdout row {row} is {found}; expected a number from 0 to 1");
        }
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
