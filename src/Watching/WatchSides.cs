using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data;
using Lifecycle.Data.Drift;
using Lifecycle.Data.Rows;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Drift;
using Lifecycle.Serving.Models;

namespace Lifecycle.Watching;

/// <summary>
/// Both sides of a comparison as the live model answers them: the Holdout, which it never saw, and the traffic. The TrainingSet's
/// own predictions would flatter the model, so they are not used; its distributions are, as the DriftBaseline stores them.
/// </summary>
/// <param name="Schema">What the live model reads.</param>
/// <param name="Holdout">The Holdout.</param>
/// <param name="Window">Requests of the window that it answers.</param>
/// <param name="Labelled">Requests whose labels have come and that it answers.</param>
/// <param name="IsSeen">Asks which rows of a side the TrainingSet holds.</param>
internal sealed record WatchSides(
    InputSchema Schema, WatchedSide Holdout, WatchedSide Window, WatchedSide Labelled, Func<WatchedSide, ImmutableArray<bool>> IsSeen)
{
    /// <summary>Whether the label of every answered request is known, so that labels can be compared.</summary>
    public bool IsLabelled => !Window.Rows.Labels.Any(double.IsNaN);

    /// <summary>Share of answered requests that the TrainingSet holds.</summary>
    public double SeenShare() => IsSeen(Window).Count(seen => seen) / (double)Math.Max(1, Window.Count);

    /// <summary>Writes both sides for a comparison.</summary>
    /// <param name="model">The live model.</param>
    /// <param name="features">Its definition, which says what is the same and what belongs together.</param>
    /// <param name="trainingPath">The TrainingSet's rows.</param>
    /// <param name="holdoutPath">The Holdout's.</param>
    /// <param name="traffic">The traffic, answered.</param>
    /// <param name="scratchFolder">Where the sides are written.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static WatchSides Write(
        LiveModel model, FeatureView features, string trainingPath, string holdoutPath, TrafficRows traffic, string scratchFolder, DataLimits limits, CancellationToken cancellation)
    {
        InputSchema schema = model.Schema;
        RowSet rows = RowSets.Read(holdoutPath, schema, RowParts.Weights | RowParts.Clusters, limits);
        ModelAnswers answers = model.Answer(rows.Inputs);
        int[] answered = [.. Enumerable.Range(0, rows.Count).Where(row => answers.Refusals[row] is null)];
        WatchedSide holdout = WatchedSide.Write(
            new AnsweredRows(model.Target, answers.Inputs, answers.Answers, [.. answered.Select(row => rows.Labels[row])]),
            Path.Combine(scratchFolder, "holdout.parquet"), limits, cancellation) with
        {
            Weights = rows.Weights.IsEmpty ? [] : [.. answered.Select(row => rows.Weights[row])],
            Clusters = rows.Clusters.IsEmpty ? [] : [.. answered.Select(row => rows.Clusters[row].ToString(CultureInfo.InvariantCulture))],
        };
        WatchedSide window = WatchedSide.Write(traffic.Window.Rows, Path.Combine(scratchFolder, "traffic.parquet"), limits, cancellation);
        WatchedSide labelled = WatchedSide.Write(LabelledRows(traffic.Labelled.Rows), Path.Combine(scratchFolder, "came.parquet"), limits, cancellation);
        FigureDefinition key = DriftFigures.SeenOf(schema, features.Key);
        return new WatchSides(
            schema, holdout, window, labelled with { Clusters = ClustersOf(labelled, schema, features) },
            side => SeenRows.Of(trainingPath, side.Path, key, limits, cancellation));
    }

    /// <summary>The Holdout for the losses.</summary>
    /// <param name="slices">Which of its rows belong to which protected slice.</param>
    public LossRows HoldoutRows(ImmutableSortedDictionary<string, ImmutableArray<bool>> slices) =>
        Holdout.ToLossRows() with { Strata = StrataOf(Holdout), Slices = slices };

    /// <summary>Requests whose labels have come, for the measured loss. One row asked about often is one piece of evidence.</summary>
    /// <param name="slices">Which of them belong to which protected slice.</param>
    public LossRows LabelledRows(ImmutableSortedDictionary<string, ImmutableArray<bool>> slices) =>
        Labelled.ToLossRows() with { Strata = StrataOf(Labelled), Slices = slices };

    // A label that is none of the target's says nothing about the model.
    private static AnsweredRows LabelledRows(AnsweredRows all)
    {
        int[] known = [.. Enumerable.Range(0, all.Answers.Count).Where(row => !double.IsNaN(all.Labels[row]))];
        return known.Length == all.Answers.Count
            ? all
            : all with { Inputs = all.Inputs.Take(known), Answers = all.Answers.Take(known), Labels = [.. known.Select(row => all.Labels[row])] };
    }

    // What the definition clusters by is rarely sent; where it is, it counts for traffic too.
    private static ImmutableArray<string> ClustersOf(WatchedSide labelled, InputSchema schema, FeatureView features) =>
        features.Cluster is { } cluster && schema.IndexOf(cluster) is >= 0 and var column && labelled.Rows.Inputs.Columns[column] is InputValues.Texts
            ? [.. Enumerable.Range(0, labelled.Count).Select(row => labelled.TextOf(column, row))]
            : labelled.Keys;

    // Of one host name its last label tells like rows from others; of a table, what the model makes of it.
    private ImmutableArray<string> StrataOf(WatchedSide side)
    {
        AnswerBands bands = new(side.Rows.Target, Holdout.Rows.Answers);
        return [.. IsSeen(side).Select((seen, row) => $"{(seen ? "seen" : "unseen")}{KindOf(side, bands, row)}")];
    }

    private string KindOf(WatchedSide side, AnswerBands bands, int row) => Schema.OnlyText switch
    {
        null => $", {bands.Of(side.Rows.Answers.Of(row))}",
        { Type: InputType.HostName } => $", {side.Keys[row][(side.Keys[row].LastIndexOf('.') + 1)..]}",
        _ => "",
    };
}
