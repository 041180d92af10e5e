using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.Training.Matrices;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.Linear;

/// <summary>A linear model that answers in doubles: the other side of parity.</summary>
internal sealed class LinearModel(LinearCoefficients coefficients) : INativeModel
{
    private readonly ScoreLink link = LinearCoefficients.LinkOf(coefficients.Objective);

    public int Width => coefficients.Intercepts.Length;

    public double[] Predict(FeatureBatch features)
    {
        int featureCount = coefficients.Scale.Means.Length;
        FeatureMatrix rows = FeatureMatrix.Of([features], features.RowCount, featureCount);
        double[] answers = new double[rows.RowCount * Width];
        float[] row = new float[featureCount];
        for (int index = 0; index < rows.RowCount; index++)
        {
            rows.CopyTo(index, row);
            Answer(row, answers.AsSpan(index * Width, Width));
        }

        return answers;
    }

    public void Dispose()
    {
    }

    private void Answer(float[] row, Span<double> answers)
    {
        coefficients.Intercepts.CopyTo(answers);
        for (int feature = 0; feature < row.Length; feature++)
        {
            double z = coefficients.Scale.Standardise(feature, row[feature]);
            for (int score = 0; score < answers.Length && z != 0; score++)
            {
                answers[score] += coefficients.Weights[(score * row.Length) + feature] * z;
            }
        }

        switch (link)
        {
            case ScoreLink.Logistic:
                answers[0] = RowLoss.Probability(answers[0]);
                break;
            case ScoreLink.Softmax:
                RowLoss.Share(answers);
                break;
            case ScoreLink.Exponential:
                answers[0] = Math.Exp(Math.Clamp(answers[0], -LinearScores.LargestLogarithm, LinearScores.LargestLogarithm));
                break;
        }
    }
}
