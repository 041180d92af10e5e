using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Drift;

/// <summary>How far something has drifted, as effect size and significance together say.</summary>
public enum DriftLevel
{
    /// <summary>Within the bounds, or not significant.</summary>
    None,

    /// <summary>Too few rows to tell. Never the same as <see cref="None"/>.</summary>
    Inconclusive,

    /// <summary>Significant, and an effect at or beyond its warn bound.</summary>
    Warn,

    /// <summary>Significant, and an effect at or beyond its act bound.</summary>
    Act,
}

/// <summary>What kind of figure it is, which decides how it is compared.</summary>
public enum FigureKind
{
    /// <summary>A number: Wasserstein-1 over the baseline's standard deviation, and PSI; two-sample KS.</summary>
    Numeric,

    /// <summary>A number that is often zero: P(0), and Wasserstein-1 on log1p of the positives; two proportions.</summary>
    ZeroInflated,

    /// <summary>At most 100 levels: Jensen-Shannon distance (base 2) and the largest difference of a share; χ² homogeneity.</summary>
    Categorical,

    /// <summary>More levels: the row-weighted share of those the TrainingSet holds; two proportions.</summary>
    HighCardinality,
}

/// <summary>What an effect size measures.</summary>
public enum DriftMeasure
{
    /// <summary>Wasserstein-1 distance over the standard deviation of the baseline.</summary>
    Wasserstein,

    /// <summary>Population stability index, natural logarithm.</summary>
    PopulationStabilityIndex,

    /// <summary>Absolute difference of the share of zeros.</summary>
    ZeroShare,

    /// <summary>Wasserstein-1 distance of log1p of the positives, over its standard deviation in the baseline.</summary>
    PositiveWasserstein,

    /// <summary>Jensen-Shannon distance, base 2.</summary>
    JensenShannon,

    /// <summary>Largest absolute difference of one level's share.</summary>
    LargestShare,

    /// <summary>Fall of the share of rows whose level the TrainingSet holds.</summary>
    SeenShare,

    /// <summary>Absolute difference of the share of rows without a value.</summary>
    NullRate,
}

/// <summary>One effect size beside its bounds.</summary>
/// <param name="Measure">What was measured.</param>
/// <param name="Value">The effect.</param>
/// <param name="WarnAt">From here on it is worth a warning.</param>
/// <param name="ActAt">From here on it is worth acting.</param>
/// <param name="PValue">Significance of exactly this comparison, before multiplicity.</param>
/// <param name="AdjustedPValue">After Benjamini-Hochberg over all comparisons of the report.</param>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record DriftEffect(
    DriftMeasure Measure, double Value, double WarnAt, double ActAt, double PValue, double AdjustedPValue);

/// <summary>Comparison of one figure of a window with the DriftBaseline.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record FigureDrift
{
    /// <summary>Name for people, such as <c>length</c>, or <c>prediction</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How it was compared.</summary>
    public required FigureKind Kind { get; init; }

    /// <summary>The effects, strongest first; a figure with missing values has the null rate among them.</summary>
    public ImmutableArray<DriftEffect> Effects { get; init; } = [];

    /// <summary>The verdict over all effects.</summary>
    public required DriftLevel Level { get; init; }

    /// <summary>Weight in the drift share: the model's use of the figure where it is known, else 1.</summary>
    public double Importance { get; init; } = 1;
}
