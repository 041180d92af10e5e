namespace Lifecycle.Data.Drift;

/// <summary>A figure that is compared between baseline and window.</summary>
/// <param name="Name">Name for people, unique in a comparison.</param>
/// <param name="Expression">SQL expression over the columns that both files have.</param>
public sealed record FigureDefinition(string Name, string Expression)
{
    /// <summary>Weight in the drift share: the model's use of the figure where it is known.</summary>
    public double Importance { get; init; } = 1;

    /// <summary>
    /// Whether the baseline enumerates the values, as a TrainingSet does its keys, instead of sampling them: then every value
    /// that it does not hold is new, and the figure's seen share is compared with 1.
    /// </summary>
    public bool IsKey { get; init; }

    /// <summary>Whether it is about the labels, which a window may lack.</summary>
    public bool NeedsLabel => Name is DriftFigures.ClassName or DriftFigures.LabelName;

    /// <summary>What the DriftBaseline stores of the figure; null counts it over the baseline's rows.</summary>
    public FigureDistribution? Stored { get; init; }
}
