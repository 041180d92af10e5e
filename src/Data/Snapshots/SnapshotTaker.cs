using System.Collections.Immutable;
using Lifecycle.Data.Tables;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Files;
using Lifecycle.Domain.Models;

namespace Lifecycle.Data.Snapshots;

/// <summary>
/// Takes DataSnapshots: runs a model's SQL script over its sources in a locked-down database and writes the rows to one
/// Parquet file. The same sources give the same bytes on every machine, with any number of threads: rows are sorted by all
/// columns, and nothing of the machine gets into the file.
/// </summary>
/// <param name="packages">Where npm packages are installed.</param>
/// <param name="limits">What taking a DataSnapshot may use.</param>
/// <param name="feedback">Gives labels that came back from serving; null where no model asks for them.</param>
public sealed class SnapshotTaker(NpmPackageCache packages, DataLimits limits, IFeedbackSource? feedback = null)
{
    private const string RowsFile = "rows.parquet";

    /// <summary>Takes a DataSnapshot.</summary>
    /// <param name="definition">The model.</param>
    /// <param name="modelFolder">The model's folder.</param>
    /// <param name="snapshotId">Which DataSnapshot of the definition; null takes the newest.</param>
    /// <param name="parquetPath">Where the rows are written; appears complete or not at all.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Stops the work and leaves nothing behind.</param>
    /// <exception cref="InvalidDataSourceException">Sources are missing, damaged or empty, or the script fails.</exception>
    /// <exception cref="PackageInstallException">Packages could not be installed; a retry may mend it.</exception>
    /// <exception cref="DataDeadlineException">The work took too long.</exception>
    public async Task<DataSnapshot> TakeAsync(
        ModelDefinition definition, string modelFolder, string? snapshotId, string parquetPath, IProgress<string>? progress, CancellationToken cancellation)
    {
        SnapshotDefinition snapshot = Find(definition, snapshotId);
        string noun = $"taking snapshot {snapshot.Id} of {definition.Name}";
        string folder = Path.GetFullPath(modelFolder);
        return await new DataWork(noun, limits).RunAsync(
            async token =>
            {
                SnapshotSource source = await LocateAsync(definition, folder, snapshot, progress, token);
                CheckFiles(noun, source, token);
                using StagingFolder scratch = new(parquetPath);
                source = await AddFeedbackAsync(definition, snapshot, source, scratch, token);
                progress?.Report(noun);
                return Take(definition, folder, snapshot, source, parquetPath, token);
            },
            cancellation);
    }

    private static SnapshotDefinition Find(ModelDefinition definition, string? id) =>
        (id is null ? definition.Snapshots.LastOrDefault() : definition.Snapshots.FirstOrDefault(snapshot => snapshot.Id == id))
        ?? throw new InvalidDataSourceException(
            $"model '{definition.Name}' has no snapshot '{id}'; its model.yaml lists {string.Join(", ", definition.Snapshots.Select(snapshot => snapshot.Id))}");

    private void CheckFiles(string noun, SnapshotSource source, CancellationToken cancellation)
    {
        try
        {
            foreach (string file in source.Files)
            {
                TableFile.Check(Path.Combine(source.Folder, file), file, limits, cancellation);
            }
        }
        catch (InvalidDataSourceException refused)
        {
            throw new InvalidDataSourceException($"{noun} failed: {refused.Message}", refused);
        }
    }

    private async Task<SnapshotSource> LocateAsync(
        ModelDefinition definition, string folder, SnapshotDefinition snapshot, IProgress<string>? progress, CancellationToken cancellation) =>
        definition.Source.NpmLock is null
            ? SnapshotSource.OfFiles(folder, definition.Source, snapshot)
            : SnapshotSource.OfPackages(await packages.InstallAsync(folder, progress, cancellation), snapshot);

    private async Task<SnapshotSource> AddFeedbackAsync(
        ModelDefinition definition, SnapshotDefinition snapshot, SnapshotSource source, StagingFolder scratch, CancellationToken cancellation)
    {
        if (!definition.Source.Feedback)
        {
            return source;
        }

        if (feedback is null)
        {
            throw new InvalidDataSourceException($"'{definition.Name}' wants feedback ('source.feedback'), and there is no prediction log here to take it from");
        }

        string path = scratch.File("feedback.parquet");
        await feedback.WriteAsync(definition, snapshot.Cutoff, path, cancellation);
        return source.WithFeedback(path);
    }

    private DataSnapshot Take(
        ModelDefinition definition, string folder, SnapshotDefinition snapshot, SnapshotSource source, string parquetPath, CancellationToken cancellation)
    {
        string scriptPath = SnapshotSource.Inside(folder, definition.Source.Sql);
        SnapshotScript script = SnapshotScript.Parse(definition.Source.Sql, RegularFile.ReadText(scriptPath));
        ImmutableArray<SourceDigest> before = source.Digests(source.Files);
        SourceDigest[] given = source.Feedback is { } file ? [new SourceDigest(SnapshotSource.FeedbackName, Sha256Digest.OfFile(file, cancellation))] : [];
        using StagingFolder staging = new(parquetPath);
        (long rowCount, ImmutableArray<string> opened) = Select(script, source, staging, cancellation);
        ImmutableArray<SourceDigest> sources = source.Digests(opened.Union(source.Files));
        RefuseChanged(before, sources);
        if (rowCount == 0)
        {
            throw new InvalidDataSourceException($"snapshot '{snapshot.Id}' of '{definition.Name}' has no rows; look at {definition.Source.Sql} and at the files it reads");
        }

        string rows = staging.File(RowsFile);
        ArtifactRef artifact = ArtifactRef.ForContent(Sha256Digest.OfFile(rows, cancellation), new FileInfo(rows).Length, MediaTypes.Parquet);
        staging.Publish(RowsFile, parquetPath);
        return new DataSnapshot
        {
            Model = definition.Name,
            Id = snapshot.Id,
            Cutoff = snapshot.Cutoff,
            Rows = artifact,
            RowCount = rowCount,
            Sources = [.. sources.Concat(given).Append(new SourceDigest(definition.Source.Sql, Sha256Digest.OfFile(scriptPath, cancellation))).OrderBy(one => one.Name, StringComparer.Ordinal)],
        };
    }

    private (long RowCount, ImmutableArray<string> Opened) Select(
        SnapshotScript script, SnapshotSource source, StagingFolder staging, CancellationToken cancellation)
    {
        using DuckSession session = DuckSession.Open(limits, source.Folders(staging.Path), staging.Path, cancellation);
        foreach ((string name, string value) in source.Variables)
        {
            session.Execute($"SET VARIABLE {Sql.Name(name)} = {Sql.Literal(value)}");
        }

        if (script.Preparation.Length > 0)
        {
            session.Execute(script.Preparation);
        }

        session.WriteParquet($"{script.Selection}\n", "ALL", staging.File(RowsFile));
        long rowCount = session.Scalar<long>($"SELECT count(*) FROM read_parquet({Sql.Literal(staging.File(RowsFile))})");
        if (source.Relative(session.WrittenFiles()) is [var written, ..])
        {
            throw new InvalidDataSourceException($"a script wrote to {written}; sources are read-only, so remove the file and the statement that writes it");
        }

        return (rowCount, source.Relative(session.OpenedFiles()));
    }

    private static void RefuseChanged(ImmutableArray<SourceDigest> before, ImmutableArray<SourceDigest> after)
    {
        if (before.Except(after).FirstOrDefault() is { } changed)
        {
            throw new InvalidDataSourceException(SnapshotSource.ChangedSentence(changed.Name));
        }
    }
}
