using System.Collections.Immutable;

namespace Lifecycle.Evaluation.Rows;

/// <summary>A model's predictions for the rows of the Holdout.</summary>
/// <param name="ModelDigest">SHA-256 of the ONNX file; for the ReferenceModel a description instead.</param>
/// <param name="Probabilities">Probability of class 1 for each row, in [0, 1].</param>
public sealed record ScoredModel(string ModelDigest, ImmutableArray<float> Probabilities)
{
    /// <summary>
    /// Share of class 1 that the probabilities take for granted: 0.5 (the default) for a model trained on balanced classes,
    /// else the label rate of its TrainingSet. Calibration is judged after correction from this rate to the slice's own.
    /// </summary>
    public double AssumedRate { get; init; } = 0.5;

    /// <summary>Throws unless there is one probability for each row.</summary>
    /// <param name="role">Which model this is, for the message.</param>
    /// <param name="rowCount">Rows of the Holdout.</param>
    /// <exception cref="ArgumentException">The count differs, a probability is NaN or outside [0, 1], or the assumed rate is not inside (0, 1).</exception>
    public void Validate(string role, int rowCount)
    {
        if (Probabilities.Length != rowCount)
        {
            throw new ArgumentException($"the {role} scored {Probabilities.Length} rows of {rowCount}; score every Holdout row");
        }

        if (AssumedRate is not (> 0 and < 1))
        {
            throw new ArgumentException($"the {role}'s assumed rate is {AssumedRate}; expected a share between 0 and 1");
        }

        for (int row = 0; row < rowCount; row++)
        {
            if (Probabilities[row] is not (>= 0 and <= 1))
            {
                throw new ArgumentException($"the {role}'s probability for Holdout row {row} is {Probabilities[row]}; expected a number from 0 to 1");
            }
        }
    }
}
