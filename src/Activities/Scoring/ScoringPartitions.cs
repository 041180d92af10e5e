using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Events;
using Lifecycle.Data.Scoring;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Scoring;
using Lifecycle.Storage;

namespace Lifecycle.Activities.Scoring;

/// <summary>Cuts a batch's rows into partitions, stored as artifacts before any is scored: a source that changes later changes nothing.</summary>
internal sealed class ScoringPartitions(ArtifactStore artifacts, DataLimits limits)
{
    /// <summary>Stores all partitions, and the list of them.</summary>
    public async Task<(ArtifactRef List, int Count, long Rows)> StoreAsync(
        ScoringRequest request, InputSchema schema, DateTimeOffset time, IReadOnlyList<LocalSource> sources, StageWorkspace workspace, CancellationToken cancellation)
    {
        List<ArtifactRef> partitions = [];
        long rows = 0;
        foreach (ScoringRow[] partition in Rows(request, schema, time, sources).Chunk(request.PartitionRows))
        {
            cancellation.ThrowIfCancellationRequested();
            string path = workspace.File("partition.parquet");
            ScoringRows.Write(partition, target: null, path, limits, cancellation);
            partitions.Add(await artifacts.UploadFileAsync(path, MediaTypes.Parquet, cancellation));
            rows += partition.Length;
        }

        ArtifactRef list = await artifacts.UploadRecordAsync(partitions, cancellation);
        return partitions is not []
            ? (list, partitions.Count, rows)
            : throw new InvalidDataSourceException($"batch {request.Key} has no rows: {string.Join(", ", sources.Select(source => source.Name))} hold none");
    }

    /// <summary>The rows of one partition, and where they are stored.</summary>
    public async Task<(ArtifactRef Artifact, ImmutableArray<ScoringRow> Rows)> ReadAsync(ScoringPlan plan, int index, CancellationToken cancellation)
    {
        ImmutableArray<ArtifactRef> list = await artifacts.ReadRecordAsync<ImmutableArray<ArtifactRef>>(plan.Partitions, cancellation);
        return (list[index], ScoringRows.Read(await artifacts.DownloadAsync(list[index], cancellation), limits));
    }

    private IEnumerable<ScoringRow> Rows(ScoringRequest request, InputSchema schema, DateTimeOffset time, IReadOnlyList<LocalSource> sources) => sources
        .SelectMany(source => EventFile.Open(source.Path, source.Name, source.Columns, EventRules.At(time) with { TimeFormat = request.TimeFormat, Schema = schema }, limits).Rows.Select(row => (source, row)))
        .Select((found, number) => new ScoringRow
        {
            Number = number,
            Source = found.source.Name,
            Line = found.row.Line,
            RequestId = found.row.RequestId ?? string.Create(CultureInfo.InvariantCulture, $"{request.Key}/{number}"),
            Time = found.row.Time ?? time,
            Input = found.row.Input,
            Refusal = found.row.Fault,
        });
}
