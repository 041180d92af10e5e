using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Events;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain;
using Lifecycle.Domain.Scoring;
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
    private const int CharactersOfAPart = 1 << 26;

    private readonly DataLimits allowed = limits ?? new DataLimits();

    /// <summary>Imports a file.</summary>
    /// <param name="request">What to import.</param>
    /// <param name="scorer">Scores rows whose predictions are missing; null where they are not, or where only labels are imported.</param>
    /// <param name="cancellation">Stops; what was uploaded stays, and importing again goes on.</param>
    /// <exception cref="UnusableFileException">The file is missing or damaged, or gives neither predictions nor labels.</exception>
    public async Task<LogImportResult> ImportAsync(LogImportRequest request, LiveModel? scorer, CancellationToken cancellation = default)
    {
        string name = Path.GetFileName(request.File);
        if (scorer is null && request.Columns is { Predictions: [], Label: null })
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
        DateTimeOffset now = time.GetUtcNow();
        EventRules usual = EventRules.At(now);
        EventRules rules = usual with
        {
            Schema = scorer?.Schema ?? request.Schema ?? usual.Schema,
            Target = scorer?.Target ?? request.Target ?? usual.Target,
            TimeFormat = request.TimeFormat,
            Earliest = request.EarliestTime ?? usual.Earliest,
            Latest = request.LatestTime ?? usual.Latest,
            MaximumRefusedShare = request.MaximumRefusedShare,
            IsTold = scorer is null,
        };
        EventFile file = EventFile.Open(request.File, name, request.Columns, rules, allowed);
        string digest = Sha256Digest.OfFile(request.File, cancellation);
        LogImportRecord record = await log.Imports.BeginAsync(
            request.Model, new() { Id = "", Time = now, FileName = name, FileDigest = digest, Source = request.Source ?? name }, cancellation);
        ImportedRows imported = new(request, name, digest[..16], now);
        LogImportResult result = new() { Id = record.Id };
        int number = 0;
        foreach (EventRow[] batch in Batches(file.Rows))
        {
            result = await ImportAsync(request, imported, batch, number++, scorer, result, cancellation);
        }

        await log.Imports.EndAsync(
            request.Model, record.Id, new LogImportCounts(result.RowCount, result.PredictionCount, result.LabelCount, result.Refusals.Count), cancellation);
        return result;
    }

    private static IEnumerable<EventRow[]> Batches(IEnumerable<EventRow> rows)
    {
        List<EventRow> batch = [];
        long characters = 0;
        foreach (EventRow row in rows)
        {
            batch.Add(row);
            characters += row.Input?.Length ?? 0;
            if (batch.Count == RowsOfAPart || characters >= CharactersOfAPart)
            {
                yield return [.. batch];
                batch.Clear();
                characters = 0;
            }
        }

        if (batch is not [])
        {
            yield return [.. batch];
        }
    }

    private async Task<LogImportResult> ImportAsync(
        LogImportRequest request, ImportedRows imported, EventRow[] batch, int number, LiveModel? scorer, LogImportResult result, CancellationToken cancellation)
    {
        EventRow[] sound = [.. batch.Where(row => row.Fault is null)];
        ImmutableArray<PredictionRow> predictions = imported.Predictions(sound, scorer);
        ImmutableArray<LabelRow> labels = imported.Labels(sound, scorer is not null);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lifecycle-import-");
        try
        {
            ImmutableArray<LogPart> predictionParts = LogParts.WritePredictions(predictions, folder.FullName, allowed, cancellation);
            ImmutableArray<LogPart> labelParts = LogParts.WriteLabels(labels, folder.FullName, allowed, cancellation);
            LogImportParts parts = new(
            [
                .. predictionParts.Select(part => LogNames.Part(LogNames.Predictions(request.Model), part.Day, part.Sha256)),
                .. labelParts.Select(part => LogNames.Part(LogNames.Labels(request.Model), part.Day, part.Sha256)),
            ]);
            await log.Imports.AnnounceAsync(request.Model, result.Id, number, parts, cancellation);
            await log.UploadPredictionsAsync(request.Model, predictionParts, cancellation);
            await log.UploadLabelsAsync(request.Model, labelParts, cancellation);
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
