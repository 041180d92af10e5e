namespace Lifecycle.DriftYear;

/// <summary>
/// A generated year of daily windows. Days count from 0, the first day that is decided on; the model has been live since
/// before, so that labels come from the first day on.
/// </summary>
public sealed record Scenario
{
    /// <summary>Days decided on.</summary>
    public int Days { get; init; } = 365;

    /// <summary>Length of a window, in days.</summary>
    public int WindowDays { get; init; } = 1;

    /// <summary>Rows of a day.</summary>
    public int Rows { get; init; } = 2_000;

    /// <summary>Rows of a TrainingSet, drawn from the year before its newest label. With more than 10,000 of any kind, Kolmogorov–Smirnov is asymptotic and quick.</summary>
    public int TrainingRows { get; init; } = 20_000;

    /// <summary>Rows of a Holdout, drawn from the same time.</summary>
    public int HoldoutRows { get; init; } = 2_000;

    /// <summary>Days until a row's label comes.</summary>
    public int LabelDelay { get; init; } = 60;

    /// <summary>Days from the ask for a RetrainingRun to its Promotion, or to its refusal.</summary>
    public int RunDays { get; init; } = 3;

    /// <summary>Height of the yearly wave, in standard deviations, on three of the seven figures.</summary>
    public double YearlySeason { get; init; } = 0.05;

    /// <summary>What a weekend adds, in standard deviations, on two of the seven figures.</summary>
    public double WeeklySeason { get; init; } = 0.05;

    /// <summary>First day of the covariate shift.</summary>
    public int CovariateFrom { get; init; } = 60;

    /// <summary>First day after it.</summary>
    public int CovariateTo { get; init; } = 90;

    /// <summary>Height of the covariate shift, in standard deviations, on one figure.</summary>
    public double CovariateShift { get; init; } = 0.5;

    /// <summary>The day of the broken batch.</summary>
    public int BrokenDay { get; init; } = 130;

    /// <summary>First day of the other concept: like rows have other labels from here on.</summary>
    public int ConceptFrom { get; init; } = 200;

    /// <summary>First day on which labels of the other concept come: the first on which anything can tell.</summary>
    public int ConceptEvidenceFrom => ConceptFrom + LabelDelay;

    /// <summary>Whole windows of the year.</summary>
    public int Windows => Days / WindowDays;

    /// <summary>The window that a day lies in.</summary>
    public int WindowOf(int day) => day / WindowDays;

    /// <summary>The days of a window.</summary>
    public IEnumerable<int> DaysOf(int window) => Enumerable.Range(window * WindowDays, WindowDays);
}
