using System.Globalization;
using Lifecycle.Data.Labels;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tables;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Training;

namespace Lifecycle.Data.Features;

/// <summary>
/// Splits a DataSnapshot into TrainingSet and Holdout, by a stable hash, so that a row never changes sides between snapshots, or by time, so
/// that everything held out is later than everything trained on. No key is on both sides. The same DataSnapshot gives the same bytes.
/// </summary>
public static class HoldoutSplit
{
    private const string TrainingFile = "training.parquet";
    private const string HoldoutFile = "holdout.parquet";

    /// <summary>Splits a DataSnapshot.</summary>
    /// <param name="snapshotPath">The DataSnapshot's rows, accepted by validation.</param>
    /// <param name="definition">The model, for its columns, target, split, reference, slices and trainer.</param>
    /// <param name="trainingPath">Where the TrainingSet is written.</param>
    /// <param name="holdoutPath">Where the Holdout is written.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work and leaves nothing behind.</param>
    /// <param name="shuffleLabels">Whether the TrainingSet's rows get each other's labels, at random but always the same.</param>
    /// <exception cref="InvalidDataSourceException">A column or slice fails, a side is empty or lacks labels, or a key is on both sides.</exception>
    /// <exception cref="DataDeadlineException">The work took too long.</exception>
    public static SplitRows Split(
        string snapshotPath, ModelDefinition definition, string trainingPath, string holdoutPath, DataLimits limits, CancellationToken cancellation, bool shuffleLabels = false) =>
        new DataWork($"splitting the rows of {definition.Name}", limits)
            .Run(token => Write(Path.GetFullPath(snapshotPath), definition, trainingPath, holdoutPath, shuffleLabels, limits, token), cancellation);

    private static SplitRows Write(
        string snapshotPath, ModelDefinition definition, string trainingPath, string holdoutPath, bool shuffleLabels, DataLimits limits, CancellationToken cancellation)
    {
        using StagingFolder staging = new(trainingPath);
        using DuckSession session = DuckSession.Open(limits, [Path.GetDirectoryName(snapshotPath)!, staging.Path], staging.Path, cancellation);
        string snapshot = $"read_parquet({Sql.Literal(snapshotPath)})";
        SnapshotColumns columns = SnapshotColumns.Of(session, $"SELECT * FROM {snapshot}");
        TimeCut? cut = TimeCut.Of(session, definition, columns, snapshot);
        SplitQueries queries = new(definition, columns, cut);
        session.Execute(queries.CreateRows(snapshotPath));
        RefuseSideless(session, definition);
        RefuseUnlabelled(session, definition);
        RefuseOverlap(session, definition);
        if (shuffleLabels)
        {
            session.Execute(SplitQueries.ShuffleLabels);
        }

        SideLabels training = Judge(session, SplitQueries.Training, isHoldout: false, cut, definition);
        SideLabels holdout = Judge(session, SplitQueries.Holdout, isHoldout: true, cut, definition);
        string trainingRows = queries.TrainingFile(queries.HasValidation && cut is not null ? TimeCut.WatchedAfter(session, SplitQueries.Training) : null);
        if (queries.HasValidation)
        {
            RefuseTooFewToWatch(session, trainingRows, definition);
        }

        session.WriteParquet(trainingRows, queries.Order, staging.File(TrainingFile));
        session.WriteParquet(queries.HoldoutFile, queries.Order, staging.File(HoldoutFile));
        SplitRows split = new(
            new TrainingSet(Artifact(staging.File(TrainingFile), cancellation), training.Rows) { Labels = training.Labels, Times = training.Times },
            new Holdout(Artifact(staging.File(HoldoutFile), cancellation), holdout.Rows) { Labels = holdout.Labels, Times = holdout.Times });
        staging.Publish(TrainingFile, trainingPath);
        staging.Publish(HoldoutFile, holdoutPath);
        return split;
    }

    // A null has no hash: its row would be in neither side and nobody would miss it.
    private static void RefuseSideless(DuckSession session, ModelDefinition definition)
    {
        if (session.Scalar<long>($"SELECT count(*) FROM {SplitQueries.Rows} WHERE {SplitQueries.SideColumn} IS NULL") is > 0 and var sideless)
        {
            throw new InvalidDataSourceException(string.Create(
                CultureInfo.InvariantCulture, $"{sideless} rows of '{definition.Name}' have no value in '{definition.Split.Column ?? definition.Features.Key}', by which they are split; leave them out in {definition.Source.Sql}"));
        }

        if (definition.Features.Cluster is { } cluster && session.Scalar<long>($"SELECT count(*) FROM {SplitQueries.Rows} WHERE {SplitColumns.Cluster} IS NULL") is > 0 and var alone)
        {
            throw new InvalidDataSourceException(string.Create(
                CultureInfo.InvariantCulture, $"{alone} rows of '{definition.Name}' have no value in '{cluster}', their cluster; give each a cluster of its own in {definition.Source.Sql}"));
        }
    }

    private static void RefuseUnlabelled(DuckSession session, ModelDefinition definition)
    {
        if (session.Scalar<long>($"SELECT count(*) FROM {SplitQueries.Rows} WHERE label IS NULL OR NOT isfinite(label)") is > 0 and var unlabelled)
        {
            throw new InvalidDataSourceException(string.Create(
                CultureInfo.InvariantCulture, $"{unlabelled} rows of '{definition.Name}' have no label in '{definition.Predicts.Label}'; expected {LabelRules.Of(definition.Predicts).Noun}"));
        }
    }

    private static void RefuseOverlap(DuckSession session, ModelDefinition definition)
    {
        string? both = session.Scalar<string>($"SELECT min(key) FROM ({SplitQueries.Training}) WHERE key IN (SELECT key FROM ({SplitQueries.Holdout}))");
        if (both is not null)
        {
            throw new InvalidDataSourceException(
                $"key '{both}' of '{definition.Name}' is on both sides of the split; column '{definition.Features.Key}' must be unique in the snapshot");
        }
    }

    private static SideLabels Judge(DuckSession session, string relation, bool isHoldout, TimeCut? cut, ModelDefinition definition)
    {
        LabelRules rules = LabelRules.Of(definition.Predicts);
        string side = isHoldout ? "holdout" : "training set";
        long rows = session.Scalar<long>($"SELECT count(*) FROM ({relation})");
        LabelSummary labels = rules.Count(session, $"({relation})");
        string? defect = rows == 0 ? "no rows" : rules.Defect(labels, isHoldout);
        if (defect is not null)
        {
            string advice = cut is null ? "take more rows or fewer folds" : "take more rows, or another 'split.holdout'";
            throw new InvalidDataSourceException(string.Create(
                CultureInfo.InvariantCulture, $"the {side} of '{definition.Name}' with its {rows} rows has {defect}, so {advice}"));
        }

        return new SideLabels(rows, labels, cut is null ? null : session.Rows(
            $"SELECT min(epoch_us(time)), max(epoch_us(time)) FROM ({relation})",
            row => new RowTimes(TimeCut.TimeOf(row.GetInt64(0)), TimeCut.TimeOf(row.GetInt64(1))))[0]);
    }

    private static void RefuseTooFewToWatch(DuckSession session, string trainingRows, ModelDefinition definition)
    {
        LabelRules rules = LabelRules.Of(definition.Predicts);
        bool watchesNone = session.Scalar<long>($"SELECT count(*) FROM ({trainingRows}) WHERE {SplitColumns.Validation}") == 0;
        string? defect = rules.Defect(rules.Count(session, $"(FROM ({trainingRows}) WHERE NOT {SplitColumns.Validation})"), isHoldout: false);
        if (watchesNone || defect is not null)
        {
            throw new InvalidDataSourceException(
                $"the training set of '{definition.Name}' cannot spare a tenth to stop early by: {(watchesNone ? "no row falls into it" : $"without it there is {defect}")}; take more rows, or leave 'trainer.earlyStopping' out");
        }
    }

    private static ArtifactRef Artifact(string path, CancellationToken cancellation) =>
        ArtifactRef.ForContent(Sha256Digest.OfFile(path, cancellation), new FileInfo(path).Length, MediaTypes.Parquet);

    private sealed record SideLabels(long Rows, LabelSummary Labels, RowTimes? Times);
}
