using System.Collections.Immutable;
using Lifecycle.Data.Tables;

namespace Lifecycle.Data.Drift;

/// <summary>A row's figures as numbers, for a classifier: a figure of levels is the level's share in the baseline.</summary>
/// <param name="Row">Number of the row on its side.</param>
/// <param name="Figures">Its figures; NaN where it has none.</param>
public sealed record FigureVector(int Row, float[] Figures);

/// <summary>Reads the rows of one side of a comparison as vectors.</summary>
public static class FigureVectors
{
    /// <summary>All rows of a file, in its order.</summary>
    /// <param name="parquetPath">Rows that <see cref="AnsweredRows"/> wrote.</param>
    /// <param name="figures">The figures, with what the DriftBaseline stores of them where it does.</param>
    /// <param name="limits">What the work may use.</param>
    /// <exception cref="InvalidDataSourceException">The file is missing or damaged.</exception>
    public static ImmutableArray<FigureVector> Read(string parquetPath, ImmutableArray<FigureDefinition> figures, DataLimits limits)
    {
        using ParquetFile file = new(parquetPath, limits);
        string selection = string.Join(", ", figures.Select(SqlOf).Prepend("row"));
        return
        [
            .. file.Rows(selection).Select(row => new FigureVector(
                row.GetInt32(0), [.. Enumerable.Range(1, figures.Length).Select(i => row.IsDBNull(i) ? float.NaN : row.GetFloat(i))])),
        ];
    }

    private static string SqlOf(FigureDefinition figure) => figure.Stored is { Levels: { } levels } stored
        ? $"coalesce(list_extract({Shares(stored)}, list_position({Sql.Literals(levels)}, ({figure.Expression}\n)::VARCHAR)), 0)::FLOAT"
        : $"({figure.Expression}\n)::FLOAT";

    private static string Shares(FigureDistribution stored) =>
        $"[{string.Join(", ", stored.Counts.Select(count => Sql.Number((double)count / Math.Max(1, stored.RowCount))))}]";
}
