using System.Text;
using Lifecycle.Activities.Stages;
using Lifecycle.Data.Drift;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Drift;
using Lifecycle.Evaluation.Reports.Drift;
using Lifecycle.Publishing.Watching;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;

namespace Lifecycle.Activities.Watching;

/// <summary>Stores everything measured of a window as a document, and draws it as a page.</summary>
/// <param name="artifacts">Where documents go.</param>
/// <param name="store">Where pages go, by the decision that they show: <c>reports/&lt;model&gt;/&lt;decision&gt;.html</c>.</param>
internal sealed class WatchDocuments(ArtifactStore artifacts, IBlobStore store)
{
    /// <summary>Stores the document, and returns the report that names it.</summary>
    public async Task<DriftReport> StoreAsync(MeasuredWindow measured, DriftPolicy policy, CancellationToken cancellation)
    {
        DriftDocument document = DriftDocument.Of(
            measured.Report, measured.Drift.Figures, [.. measured.Drift.Comparisons.Select(HistogramOf)], policy, measured.Losses);
        return measured.Report with { Document = await artifacts.UploadAsync(document.ToBytes(), MediaTypes.Json, cancellation) };
    }

    /// <summary>Draws a report with its decision, unless that was done; returns the page's name in the store.</summary>
    public async Task<string> DrawAsync(DriftPageInput input, CancellationToken cancellation)
    {
        string name = DriftPages.NameOf(input.Decision);
        if (await store.ExistsAsync(name, cancellation))
        {
            return name;
        }

        ArtifactRef stored = input.Report.Document
            ?? throw new InvalidRequestException($"the report of window {input.Report.Window.Id} has no document to draw; the measurement stores one");
        DriftDocument document = DriftDocument.Read(await artifacts.ReadAsync(stored, cancellation));
        using MemoryStream page = new(Encoding.UTF8.GetBytes(DriftPage.Render(document, input.Decision)), writable: false);
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
