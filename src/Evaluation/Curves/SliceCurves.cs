using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Evaluation.Curves;

/// <summary>What is drawn of a model on one slice; what the target has none of is empty.</summary>
public sealed record SliceCurves
{
    /// <summary>Calibration of an answer that is one number: bins in increasing order of prediction.</summary>
    public ImmutableArray<CalibrationBin> Calibration { get; init; } = [];

    /// <summary>Calibration by class, of answers that give each class a probability.</summary>
    public ImmutableArray<ClassCalibration> Classes { get; init; } = [];

    /// <summary>How well each of several classes is found, in the target's order.</summary>
    public ImmutableArray<ClassFigures> ByClass { get; init; } = [];

    /// <summary>The cumulative gain curve of two classes.</summary>
    public ImmutableArray<GainPoint> Gain { get; init; } = [];

    /// <summary>For each class that rows are of, in the target's order, the weight that is answered with each class.</summary>
    public ImmutableArray<ImmutableArray<double>> Confusion { get; init; } = [];

    /// <summary>Where pairs of prediction and label lie, in hexagons; pairs outside the picture are counted at its edge.</summary>
    public ImmutableArray<HexagonCell> Hexagons { get; init; } = [];

    /// <summary>Errors, label minus prediction, by bin of the prediction.</summary>
    public ImmutableArray<ResidualBin> Residuals { get; init; } = [];

    /// <summary>Sums over a hundred rows each, at most two hundred of them.</summary>
    public ImmutableArray<SumPoint> Sums { get; init; } = [];
}

/// <summary>Calibration of the probability of one class.</summary>
/// <param name="Class">The class.</param>
/// <param name="Bins">Bins in increasing order of prediction.</param>
public sealed record ClassCalibration(string Class, ImmutableArray<CalibrationBin> Bins);

/// <summary>A hexagon of a picture of pairs.</summary>
/// <param name="Predicted">Prediction at its middle.</param>
/// <param name="Seen">Label at its middle.</param>
/// <param name="RowCount">Rows in it.</param>
public readonly record struct HexagonCell(double Predicted, double Seen, int RowCount);

/// <summary>Quantiles of the errors in a bin of predictions.</summary>
/// <param name="Predicted">Mean prediction.</param>
/// <param name="Lowest">At 5%.</param>
/// <param name="Low">At 25%.</param>
/// <param name="Middle">The median.</param>
/// <param name="High">At 75%.</param>
/// <param name="Highest">At 95%.</param>
public sealed record ResidualBin(double Predicted, double Lowest, double Low, double Middle, double High, double Highest);

/// <summary>Prediction and label summed over the same hundred rows.</summary>
/// <param name="Predicted">Sum of the predictions.</param>
/// <param name="Seen">Sum of the labels.</param>
public readonly record struct SumPoint(double Predicted, double Seen);
