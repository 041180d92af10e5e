using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.Training.Matrices;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.LightGbm;

/// <summary>A model as it was trained, in LightGBM.</summary>
internal sealed class LightGbmModel : INativeModel
{
    private readonly Booster booster;

    public LightGbmModel(ReadOnlySpan<byte> nativeModel)
    {
        booster = Booster.Load(nativeModel);
        Width = booster.CountScores();
    }

    public int Width { get; }

    public double[] Predict(FeatureBatch features) =>
        booster.Predict(FeatureMatrix.Of([features], features.RowCount, booster.CountFeatures()), threads: 1);

    public void Dispose() => booster.Dispose();
}
