using Lifecycle.Activities.Files;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Events;
using Lifecycle.Definitions;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Files;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Scoring;
using Lifecycle.Storage;

namespace Lifecycle.Activities.Scoring;

/// <summary>A file of rows on this machine, and which of its columns mean what.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record LocalSource(string Name, string Path, EventColumns Columns);

/// <summary>Finds the files of a batch, wherever they are, and brings them to this machine.</summary>
internal sealed class ScoringSources(StageFolders folders, RequestedFiles files, IBlobStore store, ArtifactStore artifacts)
{
    /// <summary>The files in their order.</summary>
    /// <exception cref="InvalidRequestException">The request names no source, or two.</exception>
    /// <exception cref="InvalidDataSourceException">The source has no file.</exception>
    public async Task<IReadOnlyList<LocalSource>> LocateAsync(ScoringRequest request, InputSchema schema, StageWorkspace workspace, CancellationToken cancellation)
    {
        ScoringSource source = request.Source;
        EventColumns columns = new() { Input = request.InputColumn, Time = request.TimeColumn, RequestId = request.RequestIdColumn, Ignored = request.IgnoredColumns };
        IReadOnlyList<LocalSource> found = (source.Files, source.WorkerFiles, source.BlobPrefix, source.Snapshot) switch
        {
            ([_, ..], null, null, null) => await DownloadAsync(source, columns, cancellation),
            ([], { } pattern, null, null) => CopyOfWorkerFiles(request.Model, pattern, columns, workspace, cancellation),
            ([], null, { } prefix, null) => await CopyAsync(prefix, columns, workspace, cancellation),
            ([], null, null, { } snapshot) => [await OpenSnapshotAsync(request, schema, snapshot, columns, cancellation)],
            _ => throw new InvalidRequestException("a batch needs exactly one source: files, workerFiles, blobPrefix or snapshot"),
        };
        return found is not [] ? found : throw new InvalidDataSourceException($"{source.WorkerFiles ?? source.BlobPrefix} holds no file");
    }

    // A copy of what the judged handle gave: nobody can put another file under the name before it is read.
    private List<LocalSource> CopyOfWorkerFiles(string model, string pattern, EventColumns columns, StageWorkspace workspace, CancellationToken cancellation)
    {
        List<LocalSource> found = [];
        foreach (string path in files.Find(model, pattern))
        {
            string copied = workspace.File($"source-{found.Count}");
            using FileStream source = files.Open(model, path);
            using FileStream copy = new(copied, FileMode.CreateNew);
            RegularFile.Take(source, copy.Write, cancellation);
            found.Add(new LocalSource(path, copied, columns));
        }

        return found;
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
            // A mark that tools leave for an empty folder holds no rows.
            if (name.EndsWith('/'))
            {
                continue;
            }

            if (BlobNames.ProblemOf(name) is { } problem)
            {
                throw new InvalidDataSourceException($"the blob {PlainName.Describe(name)} under {PlainName.Describe(prefix)} cannot be read: its name {problem}; copy it to another name");
            }

            string path = workspace.File($"source-{found.Count}");
            await using FileStream file = new(path, FileMode.CreateNew);
            await store.CopyToAsync(name, file, cancellation);
            found.Add(new LocalSource(name, path, columns));
        }

        return found;
    }

    private async Task<LocalSource> OpenSnapshotAsync(
        ScoringRequest request, InputSchema schema, string id, EventColumns columns, CancellationToken cancellation)
    {
        DataSnapshot snapshot = await new AcceptedSnapshots(store).FindAsync(request.Model, id, cancellation)
            ?? throw new InvalidDataSourceException($"no DataSnapshot {id} of {request.Model} was accepted; 'lifecycle retrain {request.Model} --snapshot {id}' takes it");
        // A model from before does not know its column's name.
        string? input = schema.OnlyText is null ? request.InputColumn
            : request.InputColumn ?? new ModelCatalog(folders.Models).Read(request.Model).Definition.Features.Schema.Columns[0].Name;
        return new LocalSource($"{id}.parquet", await artifacts.DownloadAsync(snapshot.Rows, cancellation), columns with { Input = input, IgnoresOthers = true });
    }
}
