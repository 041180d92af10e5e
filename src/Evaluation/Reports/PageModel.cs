using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Evaluation.Curves;

namespace Lifecycle.Evaluation.Reports;

/// <summary>One of the models that a page sets side by side.</summary>
/// <param name="Role"><c>challenger</c>, <c>champion</c> or <c>reference</c>; also the name of its colour.</param>
/// <param name="Color">Its colour in charts.</param>
/// <param name="Metrics">Its measurements.</param>
/// <param name="Curves">Its curves.</param>
internal sealed record PageModel(string Role, ChartColor Color, ModelMetrics Metrics, ImmutableSortedDictionary<string, SliceCurves> Curves);

/// <summary>Everything a page shows.</summary>
/// <param name="Report">The measurements.</param>
/// <param name="Blessing">The gate's verdict; null before the gate has spoken.</param>
/// <param name="Subject">The names.</param>
/// <param name="Models">The models, Challenger first.</param>
internal sealed record PageContent(EvaluationReport Report, Blessing? Blessing, EvaluationSubject Subject, ImmutableArray<PageModel> Models)
{
    /// <summary>Slice names, the deciding one first, then the whole Holdout, then the others.</summary>
    public ImmutableArray<string> Slices =>
    [
        .. Report.Challenger.Slices.Keys
            .OrderBy(slice => slice == Subject.PrimarySlice ? 0 : slice == ModelMetrics.WholeHoldout ? 1 : 2)
            .ThenBy(slice => slice, StringComparer.Ordinal),
    ];

    /// <summary>The loss that decides.</summary>
    public Loss Loss { get; } = Report.DecidingLoss ?? new LogLoss(isBalanced: true);

    /// <summary>The figures to show beside the deciding loss, without the one that is the same.</summary>
    public IEnumerable<Figure> Figures => Report.Figures.Where(figure => figure.Title != Loss.Title);

    /// <summary>The unit behind a number; empty where there is none.</summary>
    public string InUnit => Report.Unit is { } unit ? $" {unit}" : "";

    public static PageContent Of(EvaluationReport report, Blessing? blessing, EvaluationSubject subject, EvaluationCurves curves)
    {
        List<PageModel> models = [new PageModel("challenger", ChartColor.Challenger, report.Challenger, curves.Challenger)];
        if (report.Champion is not null)
        {
            ImmutableSortedDictionary<string, SliceCurves> drawn = curves.Champion ?? ImmutableSortedDictionary<string, SliceCurves>.Empty;
            models.Add(new PageModel("champion", ChartColor.Champion, report.Champion, drawn));
        }

        models.Add(new PageModel("reference", ChartColor.Reference, report.Reference, curves.Reference));
        return new PageContent(report, blessing, subject, [.. models]);
    }
}
