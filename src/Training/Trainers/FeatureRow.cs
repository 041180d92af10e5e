using Microsoft.ML.Data;

namespace Lifecycle.Training.Trainers;

/// <summary>A row as ML.NET reads it. One instance is reused for all rows of a pass.</summary>
internal sealed class FeatureRow
{
    /// <summary>ML.NET's column of the feature vector.</summary>
    public const string FeaturesColumn = nameof(Features);

    /// <summary>ML.NET's column of the predicted probability.</summary>
    public const string ProbabilityColumn = "Probability";

    public bool Label { get; set; }

    public float Weight { get; set; } = 1;

    public VBuffer<float> Features { get; set; }
}
