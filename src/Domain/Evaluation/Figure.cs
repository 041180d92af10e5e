using System.Collections.Immutable;

namespace Lifecycle.Domain.Evaluation;

/// <summary>A figure that a report holds of each model and slice: its name there, and how to show it to people.</summary>
/// <param name="Name">Its name in <see cref="SliceMetrics.Figures"/>.</param>
/// <param name="Title">In words, such as <c>balanced log loss</c>.</param>
/// <param name="Format">Format of the number, as .NET writes it.</param>
/// <param name="Better">Which way is better.</param>
public sealed record Figure(string Name, string Title, string Format, FigureDirection Better)
{
    /// <summary>Name of the area under the ROC curve, on which the gate has a rule.</summary>
    public const string AreaUnderCurve = "areaUnderCurve";

    /// <summary>The figures of reports from the time when every model was of two classes.</summary>
    public static ImmutableArray<Figure> OfTwoClasses { get; } =
    [
        new("balancedLogLoss", "balanced log loss", "0.0000", FigureDirection.Lower),
        new("logLoss", "log loss", "0.0000", FigureDirection.Lower),
        new(AreaUnderCurve, "AUC", "0.0000", FigureDirection.Higher),
        new("averagePrecision", "average precision", "0.0000", FigureDirection.Higher),
        new("calibrationError", "calibration error", "0.0000", FigureDirection.Lower),
    ];
}

/// <summary>Which way a figure is better.</summary>
public enum FigureDirection
{
    /// <summary>Lower is better.</summary>
    Lower,

    /// <summary>Higher is better.</summary>
    Higher,

    /// <summary>Neither: it describes.</summary>
    Neither,
}
