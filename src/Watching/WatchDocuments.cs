using System.Text;
using Lifecycle.Data.Drift;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Drift;
using Lifecycle.Evaluation.Reports.Drift;
using Lifecycle.Publishing.Watching;
using Lifecycle.Storage;

namespace Lifecycle.Watching;

/// <summary>Stores everything measured of a window as a document, and draws it as a page.</summary>
/// <param name="artifacts">Where documents go.</param>
/// <param name="store">Where pages go, by the decision that they show: <c>reports/&lt;model&gt;/&lt;decision&gt;.html</c>.</param>
public sealed class WatchDocuments(ArtifactStore artifacts, IBlobStore store)
{
    /// <summary>Stores the document, and returns the report that names it.</summary>
    public async Task<DriftReport> StoreAsync(MeasuredWindow measured, DriftPolicy policy, CancellationToken cancellation)
    {
        DriftDocument document = DriftDocument.Of(
            measured.Report, measured.Drift.Figures, [.. measured.Drift.Comparisons.Select(HistogramOf)], policy, measured.Losses);
        return measured.Report with { Document = await artifacts.UploadAsync(document.ToBytes(), MediaTypes.Json, cancellation) };
    }

    /// <summary>Draws a report with its decision, unless that was done; returns the page's name in the store.</summary>
    /// <exception cref="InvalidDataException">The report has no document.</exception>
    public async Task<string> DrawAsync(DriftReport report, DriftDecision decision, CancellationToken cancellation)
    {
        string name = DriftPages.NameOf(decision);
        if (await store.ExistsAsync(name, cancellation))
        {
            return name;
        }

        ArtifactRef stored = report.Document
            ?? throw new InvalidDataException($"the report of window {report.Window.Id} has no document to draw; the measurement stores one");
        DriftDocument document = DriftDocument.Read(await artifacts.ReadAsync(stored, cancellation));
        using MemoryStream page = new(Encoding.UTF8.GetBytes(DriftPage.Render(document, decision)), writable: false);
        await store.PutIfAbsentAsync(name, page, MediaTypes.Html, cancellation);
        return name;
    }

    private static FigureHistogram HistogramOf(FigureComparison figure) => new()
    {
        Name = figure.Drift.Name,
        Edges = figure.Baseline.Edges,
        Levels = figure.Baseline.Levels,
        Baseline = figure.Baseline.Counts,
        Window = figure.Window.Counts,
        BaselineOther = OtherOf(figure.Baseline),
        WindowOther = OtherOf(figure.Window),
        BaselineNull = figure.Baseline.NullCount,
        WindowNull = figure.Window.NullCount,
    };

    private static long OtherOf(FigureDistribution side) => side.OtherCount + side.NotANumberCount + side.InfiniteCount;
}
