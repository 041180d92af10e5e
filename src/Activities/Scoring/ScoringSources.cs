using System.Text.Json;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Events;
using Lifecycle.Definitions;
using Lifecycle.Domain;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Scoring;
using Lifecycle.Publishing.Stores;

namespace Lifecycle.Activities.Scoring;

/// <summary>A file of rows on this machine, and which of its columns mean what.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record LocalSource(string Name, string Path, EventColumns Columns);

/// <summary>Finds the files of a batch, wherever they are, and brings them to this machine.</summary>
internal sealed class ScoringSources(StageFolders folders, IBlobStore store, ArtifactStore artifacts)
{
    private const long MaximumSnapshotBytes = 1 << 20;

    /// <summary>The files in their order.</summary>
    /// <exception cref="InvalidRequestException">The request names no source, or two.</exception>
    /// <exception cref="InvalidDataSourceException">The source has no file.</exception>
    public async Task<IReadOnlyList<LocalSource>> LocateAsync(ScoringRequest request, StageWorkspace workspace, CancellationToken cancellation)
    {
        ScoringSource source = request.Source;
        EventColumns columns = new() { Input = request.InputColumn, Time = request.TimeColumn, RequestId = request.RequestIdColumn };
        IReadOnlyList<LocalSource> found = (source.Files, source.WorkerFiles, source.BlobPrefix, source.Snapshot) switch
        {
            ([_, ..], null, null, null) => await DownloadAsync(source, columns, cancellation),
            ([], { } pattern, null, null) => [.. Glob(pattern).Select(path => new LocalSource(path, path, columns))],
            ([], null, { } prefix, null) => await CopyAsync(prefix, columns, workspace, cancellation),
            ([], null, null, { } snapshot) => [await OpenSnapshotAsync(request, snapshot, columns, cancellation)],
            _ => throw new InvalidRequestException("a batch needs exactly one source: files, workerFiles, blobPrefix or snapshot"),
        };
        return found is not [] ? found : throw new InvalidDataSourceException($"{source.WorkerFiles ?? source.BlobPrefix} holds no file");
    }

    private static IEnumerable<string> Glob(string pattern)
    {
        string folder = Path.GetDirectoryName(pattern) is { Length: > 0 } parent ? parent : ".";
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, Path.GetFileName(pattern)).Order(StringComparer.Ordinal)
            : throw new InvalidDataSourceException($"there is no folder {folder} on this worker, for the files {pattern}");
    }

    private async Task<IReadOnlyList<LocalSource>> DownloadAsync(ScoringSource source, EventColumns columns, CancellationToken cancellation)
    {
        List<LocalSource> found = [];
        foreach (SourceFile file in source.Files)
        {
            found.Add(new LocalSource(file.Name, await artifacts.DownloadAsync(file.Content, cancellation), columns));
        }

        return found;
    }

    private async Task<IReadOnlyList<LocalSource>> CopyAsync(string prefix, EventColumns columns, StageWorkspace workspace, CancellationToken cancellation)
    {
        List<LocalSource> found = [];
        await foreach (string name in store.ListAsync(prefix, cancellation))
        {
            string path = workspace.File($"source-{found.Count}");
            await using FileStream file = new(path, FileMode.CreateNew);
            await store.CopyToAsync(name, file, cancellation);
            found.Add(new LocalSource(name, path, columns));
        }

        return found;
    }

    private async Task<LocalSource> OpenSnapshotAsync(ScoringRequest request, string id, EventColumns columns, CancellationToken cancellation)
    {
        StoredBlob stored = await store.ReadAsync($"snapshots/{request.Model}/{id}.json", MaximumSnapshotBytes, cancellation)
            ?? throw new InvalidDataSourceException($"no DataSnapshot {id} of {request.Model} was accepted; 'lifecycle retrain {request.Model} --snapshot {id}' takes it");
        DataSnapshot snapshot = JsonSerializer.Deserialize<DataSnapshot>(stored.Content.Span, DomainJson.Compact)!;
        string input = request.InputColumn ?? new ModelCatalog(folders.Models).Read(request.Model).Definition.Features.Input;
        return new LocalSource($"{id}.parquet", await artifacts.DownloadAsync(snapshot.Rows, cancellation), columns with { Input = input });
    }
}
