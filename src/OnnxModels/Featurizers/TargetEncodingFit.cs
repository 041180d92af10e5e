using System.Collections.Immutable;
using Lifecycle.Domain.Models;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>
/// Sums the labels of every level, fold by fold, so that the table of all rows and the tables that leave out one fold come from one pass.
/// Rows are added in the order of their labels: the sums do not depend on the order of the rows.
/// </summary>
internal sealed class TargetEncodingFit
{
    private readonly double smoothing;
    private readonly int levels;
    private readonly int names;

    // The last place is that of all levels together.
    private readonly double[,,] sums;
    private readonly long[,] rows;

    private TargetEncodingFit(double smoothing, int levels, int names)
    {
        this.smoothing = smoothing;
        this.levels = levels;
        this.names = names;
        sums = new double[TrainingFolds.Count, levels + 1, names];
        rows = new long[TrainingFolds.Count, levels + 1];
    }

    public static FittedTargetEncoding Fit(RowTransform.TargetEncoding definition, TrainingColumn column, TrainingLabels labels)
    {
        LevelCodes codes = column.Levels;
        (int Code, int Rows)[] kept = codes.Frequent(definition.MinimumCount, definition.MaximumTerms);
        LevelTable table = new(column.Column, [.. kept.Select(level => codes.Keys[level.Code])], Unknown: kept.Length);
        if (kept.Length == 0)
        {
            return new FittedTargetEncoding(table, [], [], []);
        }

        int[] places = new int[codes.Keys.Length];
        Array.Fill(places, -1);
        foreach ((int place, (int code, _)) in kept.Index())
        {
            places[code] = place;
        }

        TargetEncodingFit fit = new(definition.Smoothing, kept.Length, labels.Names.Length);
        foreach (int row in labels.Ascending)
        {
            fit.See(places[codes.Codes[row]], labels.Folds[row], labels, row);
        }

        string of = column.Column.Name;
        return new FittedTargetEncoding(
            table,
            labels.Names.Length == 1 ? [$"target({of})"] : [.. labels.Names.Select(name => $"target({of},{name})")],
            fit.Table(without: null),
            [.. Enumerable.Range(0, TrainingFolds.Count).SelectMany(fold => fit.Table(fold))]);
    }

    private void See(int place, int fold, TrainingLabels labels, int row)
    {
        rows[fold, levels]++;
        if (place >= 0)
        {
            rows[fold, place]++;
        }

        for (int name = 0; name < names; name++)
        {
            double value = labels.Value(row, name);
            sums[fold, levels, name] += value;
            if (place >= 0)
            {
                sums[fold, place, name] += value;
            }
        }
    }

    // Row after row a level, and last the mean of all, which levels without a place have.
    private ImmutableArray<float> Table(int? without)
    {
        ImmutableArray<float>.Builder table = ImmutableArray.CreateBuilder<float>((levels + 1) * names);
        for (int place = 0; place <= levels; place++)
        {
            for (int name = 0; name < names; name++)
            {
                double mean = Mean(without, name);
                (double sum, long count) = Total(place, name, without);
                table.Add((float)(place == levels || count + smoothing == 0 ? mean : (sum + (smoothing * mean)) / (count + smoothing)));
            }
        }

        return table.MoveToImmutable();
    }

    // Where one fold has all rows, there is nothing else to take the mean of.
    private double Mean(int? without, int name)
    {
        (double sum, long count) = Total(levels, name, without);
        if (count == 0)
        {
            (sum, count) = Total(levels, name, without: null);
        }

        return sum / count;
    }

    private (double Sum, long Rows) Total(int place, int name, int? without)
    {
        double sum = 0;
        long count = 0;
        for (int fold = 0; fold < TrainingFolds.Count; fold++)
        {
            if (fold != without)
            {
                sum += sums[fold, place, name];
                count += rows[fold, place];
            }
        }

        return (sum, count);
    }
}
