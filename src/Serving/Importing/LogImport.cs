using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Events;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain;
using Lifecycle.Domain.Scoring;
using Lifecycle.Publishing.Stores;
using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Models;

namespace Lifecycle.Serving.Importing;

/// <summary>
/// Imports traffic and labels that others recorded. Importing a file twice leaves the same log: a row's request id is made of
/// the file's digest and the line, unless a column gives it, and readers count a request once.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="limits">What the work may use; the defaults unless given.</param>
/// <param name="time">When the rows become known, unless a column says so.</param>
public sealed class LogImport(PredictionParts log, TimeProvider time, DataLimits? limits = null)
{
    private const int RowsOfAPart = 100_000;

    private readonly DataLimits allowed = limits ?? new DataLimits();

    /// <summary>Imports a file.</summary>
    /// <param name="request">What to import.</param>
    /// <param name="scorer">Scores rows whose predictions are missing; null where they are not, or where only labels are imported.</param>
    /// <param name="cancellation">Stops; what was uploaded stays, and importing again goes on.</param>
    /// <exception cref="UnusableFileException">The file is missing or damaged, or gives neither predictions nor labels.</exception>
    public async Task<LogImportResult> ImportAsync(LogImportRequest request, LiveModel? scorer, CancellationToken cancellation = default)
    {
        string name = Path.GetFileName(request.File);
        if (scorer is null && request.Columns is { Prediction: null, Label: null })
        {
            throw new UnusableFileException($"nothing of {name} would be logged: name a column of predictions or of labels, or score the rows");
        }

        try
        {
            return await ImportAsync(request, name, scorer, cancellation);
        }
        catch (InvalidDataSourceException unusable)
        {
            throw new UnusableFileException(unusable.Message, unusable);
        }
    }

    private async Task<LogImportResult> ImportAsync(LogImportRequest request, string name, LiveModel? scorer, CancellationToken cancellation)
    {
        IEnumerable<EventRow> rows = EventFile.Read(request.File, name, request.Columns, allowed);
        ImportedRows imported = new(request, name, Sha256Digest.OfFile(request.File, cancellation)[..16], time.GetUtcNow());
        LogImportResult result = new();
        foreach (EventRow[] batch in rows.Chunk(RowsOfAPart))
        {
            result = await ImportAsync(request, imported, batch, scorer, result, cancellation);
        }

        return result;
    }

    private async Task<LogImportResult> ImportAsync(
        LogImportRequest request, ImportedRows imported, EventRow[] batch, LiveModel? scorer, LogImportResult result, CancellationToken cancellation)
    {
        EventRow[] sound = [.. batch.Where(row => row.Fault is null)];
        ImmutableArray<PredictionRow> predictions = imported.Predictions(sound, scorer);
        ImmutableArray<LabelRow> labels = imported.Labels(sound, scorer is not null);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lifecycle-import-");
        try
        {
            await log.UploadPredictionsAsync(request.Model, LogParts.WritePredictions(predictions, folder.FullName, allowed, cancellation), cancellation);
            await log.UploadLabelsAsync(request.Model, LogParts.WriteLabels(labels, folder.FullName, allowed, cancellation), cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return result with
        {
            RowCount = result.RowCount + batch.Length,
            PredictionCount = result.PredictionCount + predictions.Length,
            LabelCount = result.LabelCount + labels.Length,
            Refusals = batch.Where(row => row.Fault is not null)
                .Aggregate(result.Refusals, (refusals, row) => refusals.With(new RefusedRow(imported.FileName, row.Line, row.Fault!))),
        };
    }
}
