using System.Globalization;
using Lifecycle.Data.Tables;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Training;

namespace Lifecycle.Data.Features;

/// <summary>
/// Splits a DataSnapshot into TrainingSet and Holdout by a stable hash, so that a row never changes sides between snapshots
/// and no key is on both. The same DataSnapshot gives the same bytes.
/// </summary>
public static class HoldoutSplit
{
    private const string TrainingFile = "training.parquet";
    private const string HoldoutFile = "holdout.parquet";

    /// <summary>Splits a DataSnapshot.</summary>
    /// <param name="snapshotPath">The DataSnapshot's rows, accepted by validation.</param>
    /// <param name="definition">The model, for its columns, split, reference and slices.</param>
    /// <param name="trainingPath">Where the TrainingSet is written.</param>
    /// <param name="holdoutPath">Where the Holdout is written.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work and leaves nothing behind.</param>
    /// <exception cref="InvalidDataSourceException">A column or slice fails, a side lacks a class, or a key is on both sides.</exception>
    /// <exception cref="DataDeadlineException">The work took too long.</exception>
    public static SplitRows Split(
        string snapshotPath, ModelDefinition definition, string trainingPath, string holdoutPath, DataLimits limits, CancellationToken cancellation) =>
        new DataWork($"splitting the rows of {definition.Name}", limits)
            .Run(token => Write(snapshotPath, definition, trainingPath, holdoutPath, limits, token), cancellation);

    private static SplitRows Write(
        string snapshotPath, ModelDefinition definition, string trainingPath, string holdoutPath, DataLimits limits, CancellationToken cancellation)
    {
        using StagingFolder staging = new(trainingPath);
        using DuckSession session = DuckSession.Open(
            limits, [Path.GetDirectoryName(Path.GetFullPath(snapshotPath))!, staging.Path], staging.Path, cancellation);
        session.Execute(SplitQueries.CreateRows(definition, Path.GetFullPath(snapshotPath)));
        session.WriteParquet(SplitQueries.Training, "key", staging.File(TrainingFile));
        session.WriteParquet(SplitQueries.Holdout, "key", staging.File(HoldoutFile));
        RefuseOverlap(session, definition, staging);
        SideCount training = Count(session, staging.File(TrainingFile), "training set", definition);
        SideCount holdout = Count(session, staging.File(HoldoutFile), "holdout", definition);
        staging.Publish(TrainingFile, trainingPath);
        staging.Publish(HoldoutFile, holdoutPath);
        return new SplitRows(
            new TrainingSet(training.Artifact, training.Rows, training.Positives),
            new Holdout(holdout.Artifact, holdout.Rows, holdout.Positives));
    }

    private static void RefuseOverlap(DuckSession session, ModelDefinition definition, StagingFolder staging)
    {
        string? both = session.Scalar<string>($"""
            SELECT min(key) FROM read_parquet({Sql.Literal(staging.File(TrainingFile))})
            WHERE key IN (SELECT key FROM read_parquet({Sql.Literal(staging.File(HoldoutFile))}))
            """);
        if (both is not null)
        {
            throw new InvalidDataSourceException(
                $"key '{both}' of '{definition.Name}' is on both sides of the split; column '{definition.Features.Key}' must be unique in the snapshot");
        }
    }

    private static SideCount Count(DuckSession session, string path, string side, ModelDefinition definition)
    {
        (long rows, long positives) = session.Rows(
            $"SELECT count(*), count(*) FILTER (WHERE label = 1) FROM read_parquet({Sql.Literal(path)})",
            reader => (reader.GetInt64(0), reader.GetInt64(1)))[0];
        if (positives == 0 || positives == rows)
        {
            throw new InvalidDataSourceException(string.Create(
                CultureInfo.InvariantCulture,
                $"the {side} of '{definition.Name}' has {rows} rows with {positives} positives; both classes are needed, so take more rows or fewer folds"));
        }

        return new SideCount(ArtifactRef.ForContent(Sha256Digest.OfFile(path), new FileInfo(path).Length, MediaTypes.Parquet), rows, positives);
    }

    private sealed record SideCount(ArtifactRef Artifact, long Rows, long Positives);
}
