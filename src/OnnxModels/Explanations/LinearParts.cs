using Lifecycle.OnnxModels.Fragments;

namespace Lifecycle.OnnxModels.Explanations;

/// <summary>
/// Parts of a weighted sum: coefficient · (feature − mean), kept within the model's reach; a missing feature counts as its mean, and adds
/// nothing. With features that are independent these are the Shapley values (Štrumbelj and Kononenko 2014).
/// </summary>
internal sealed class LinearParts(LinearScores model) : ScoreParts
{
    public override IReadOnlyList<double> Bases { get; } = [.. model.Intercepts.Select(intercept => (double)intercept)];

    public override void Add(ReadOnlySpan<float> row, Span<double> contributions)
    {
        for (int feature = 0; feature < row.Length; feature++)
        {
            // As the graph computes it, in floats: the clamp leaves no NaN behind.
            float z = (row[feature] - model.Means[feature]) * model.Scales[feature];
            double kept = float.IsNaN(z) ? 0 : Math.Clamp(z, -model.Reach[feature], model.Reach[feature]);
            for (int score = 0; score < Bases.Count && kept != 0; score++)
            {
                int at = (score * row.Length) + feature;
                contributions[at] += model.Weights[at] * kept;
            }
        }
    }
}
