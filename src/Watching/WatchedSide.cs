using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Drift;
using Lifecycle.Data.Inputs;
using Lifecycle.Domain.Rows;
using Lifecycle.Evaluation.Drift;
using Lifecycle.Training.Domains;

namespace Lifecycle.Watching;

/// <summary>One side of a comparison as the live model answers it: the Holdout, the window, or requests whose labels came.</summary>
/// <param name="Rows">The rows, answered.</param>
/// <param name="Path">Where they were written.</param>
internal sealed record WatchedSide(AnsweredRows Rows, string Path)
{
    private ImmutableArray<string>? keys;

    /// <summary>Weights of the rows; empty weighs all alike.</summary>
    public ImmutableArray<double> Weights { get; init; } = [];

    /// <summary>Clusters of the rows; empty makes every row one.</summary>
    public ImmutableArray<string> Clusters { get; init; } = [];

    /// <summary>Number of rows.</summary>
    public int Count => Rows.Answers.Count;

    /// <summary>What each row is about: all its inputs, as the log holds them.</summary>
    public ImmutableArray<string> Keys => keys ??= RowText.Of(Rows.Inputs);

    /// <summary>Writes a side.</summary>
    public static WatchedSide Write(AnsweredRows rows, string path, DataLimits limits, CancellationToken cancellation)
    {
        rows.Write(path, limits, cancellation);
        return new WatchedSide(rows, path);
    }

    /// <summary>The rows as losses are measured of them.</summary>
    public LossRows ToLossRows() => new() { Answers = Rows.Answers, Labels = Rows.Labels, Weights = Weights, Clusters = Clusters };

    /// <summary>The same without what turned out to be true, for the estimates that need no labels.</summary>
    public LossRows ToUnlabelledRows() => new() { Answers = Rows.Answers, Labels = [.. Rows.Labels.Select(_ => double.NaN)] };

    /// <summary>The rows as vectors of figures, in the order of the file.</summary>
    public FigureRowsOfSide Vectors(ImmutableArray<FigureDefinition> figures, DataLimits limits)
    {
        ImmutableArray<FigureVector> vectors = FigureVectors.Read(Path, figures, limits);
        return new([.. vectors.Select(vector => vector.Row)], [.. vectors.Select(vector => new DomainRow(Keys[vector.Row], vector.Figures))]);
    }

    /// <summary>The text of one column of a row; "" where it is missing.</summary>
    public string TextOf(int column, int row) => Rows.Inputs.Columns[column] is InputValues.Texts texts ? texts.Values[row] ?? "" : "";
}

/// <summary>Rows of a side as vectors of figures.</summary>
/// <param name="Numbers">Number of each row on its side.</param>
/// <param name="Rows">The rows.</param>
internal sealed record FigureRowsOfSide(ImmutableArray<int> Numbers, ImmutableArray<DomainRow> Rows)
{
    /// <summary>The rows by their numbers.</summary>
    public ImmutableArray<DomainRow> InOrder() => [.. Numbers.Zip(Rows).OrderBy(row => row.First).Select(row => row.Second)];
}
