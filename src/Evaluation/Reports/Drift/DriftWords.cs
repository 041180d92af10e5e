using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Evaluation.Losses;

namespace Lifecycle.Evaluation.Reports.Drift;

/// <summary>Levels, measures and rules in words, and the tone that each has on the page.</summary>
internal static class DriftWords
{
    /// <summary>Name of a level's tone in the style sheet.</summary>
    public static string Tone(DriftLevel level) => level switch
    {
        DriftLevel.Act => "bad",
        DriftLevel.Warn => "caution",
        DriftLevel.None => "good",
        _ => "plain",
    };

    /// <summary>Name of a verdict's tone in the style sheet.</summary>
    public static string Tone(DriftVerdict verdict) => verdict switch
    {
        DriftVerdict.Block => "bad",
        DriftVerdict.Retrain or DriftVerdict.Watch => "caution",
        DriftVerdict.None => "good",
        _ => "plain",
    };

    /// <summary>The sign of a tone, for those who do not see colours.</summary>
    public static Html Mark(string tone) => tone switch
    {
        "bad" => new Html("""<span class="mark" aria-hidden="true">✕</span>"""),
        "caution" => new Html("""<span class="mark" aria-hidden="true">!</span>"""),
        "good" => new Html("""<span class="mark" aria-hidden="true">✓</span>"""),
        _ => new Html("""<span class="mark" aria-hidden="true">?</span>"""),
    };

    /// <summary>A level, set off by its tone.</summary>
    public static Html Badge(DriftLevel level) => Html.Of($"""<span class="badge {Tone(level)}">{Word(level)}</span>""");

    /// <summary>A level in a word.</summary>
    public static string Word(DriftLevel level) => level switch
    {
        DriftLevel.Act => "act",
        DriftLevel.Warn => "warn",
        DriftLevel.None => "quiet",
        _ => "inconclusive",
    };

    /// <summary>How a figure is compared, in a word.</summary>
    public static string Word(FigureKind kind) => kind switch
    {
        FigureKind.Numeric => "number",
        FigureKind.ZeroInflated => "number, often zero",
        FigureKind.Categorical => "category",
        _ => "many levels",
    };

    /// <summary>A measure in words.</summary>
    public static string Word(DriftMeasure measure) => measure switch
    {
        DriftMeasure.Wasserstein => "Wasserstein distance",
        DriftMeasure.PopulationStabilityIndex => "PSI",
        DriftMeasure.ZeroShare => "share of zeros",
        DriftMeasure.PositiveWasserstein => "Wasserstein distance of positives",
        DriftMeasure.JensenShannon => "Jensen–Shannon distance",
        DriftMeasure.LargestShare => "largest change of a share",
        DriftMeasure.SeenShare => "fall of the seen share",
        _ => "missing values",
    };

    /// <summary>A rule in words.</summary>
    public static string Word(DriftRule rule) => rule switch
    {
        DriftRule.Quiet => "No rule asks for anything",
        DriftRule.BelowAct => "Figures at warn, none at act",
        DriftRule.Inconclusive => "The window does not tell",
        DriftRule.ContractBroken => "Broken data contract",
        DriftRule.LabelledLoss => "Labelled loss",
        DriftRule.ProtectedSlice => "Labelled loss on a protected slice",
        DriftRule.EstimatedLoss => "Estimated or weighted loss",
        DriftRule.DriftShare => "Share of drifted figures",
        DriftRule.DriftWithoutLoss => "Drift without a worse loss",
        DriftRule.Age => "Age of the live model",
        DriftRule.InFlight => "A run is in flight",
        DriftRule.CoolDown => "Cool-down",
        _ => "Budget spent",
    };

    /// <summary>A value of a measure with its unit.</summary>
    public static string Value(DriftMeasure measure, double value) => measure switch
    {
        _ when !double.IsFinite(value) => "not a number",
        DriftMeasure.Wasserstein or DriftMeasure.PositiveWasserstein => Invariant($"{value:0.000} σ"),
        DriftMeasure.PopulationStabilityIndex or DriftMeasure.JensenShannon => Invariant($"{value:0.000}"),
        _ => Invariant($"{100 * value:0.0} pts"),
    };

    /// <summary>The loss that a report is about.</summary>
    public static Loss LossOf(DriftReport report) => report.Loss is { } text && Loss.TryParse(text, out Loss? loss, out _) ? loss : new LogLoss(isBalanced: true);

    /// <summary>A relative change in percent, with its sign.</summary>
    public static string Change(double value) => Invariant($"{100 * value:+0.0;−0.0;0.0}%");

    /// <summary>A share in percent.</summary>
    public static string Share(double? value) => value is { } share && double.IsFinite(share) ? Invariant($"{100 * share:0.0}%") : "—";

    /// <summary>A p-value; tiny ones only as a bound.</summary>
    public static string PValue(double value) => value switch
    {
        _ when !double.IsFinite(value) => "—",
        < 0.0001 => "< 0.0001",
        _ => Invariant($"{value:0.0000}"),
    };

    /// <summary>Text in the invariant culture.</summary>
    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The effect that decides: the one nearest to, or furthest beyond, its act bound.</summary>
    public static DriftEffect? Strongest(ImmutableArray<DriftEffect> effects) => effects.MaxBy(Strength);

    /// <summary>An effect in units of its act bound; no number counts as the strongest.</summary>
    public static double Strength(DriftEffect effect) => double.IsFinite(effect.Value) ? effect.Value / effect.ActAt : double.MaxValue;
}
