using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Data.Tables;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Drift;

/// <summary>Counts the distributions of a TrainingSet that stage Watch compares later windows with.</summary>
public static class DriftBaselines
{
    /// <summary>Counts a TrainingSet and writes the document. The same rows give the same bytes.</summary>
    /// <param name="trainingPath">The TrainingSet's rows.</param>
    /// <param name="schema">What the inputs are.</param>
    /// <param name="target">What the labels are.</param>
    /// <param name="jsonPath">Where the document is written.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work and leaves nothing behind.</param>
    /// <exception cref="InvalidDataSourceException">The file cannot be read or has no rows.</exception>
    /// <exception cref="DataDeadlineException">The work took too long.</exception>
    public static DriftBaseline Compute(
        string trainingPath, InputSchema schema, Target target, string jsonPath, DataLimits limits, CancellationToken cancellation)
    {
        BaselineDocument document = Count(trainingPath, DriftFigures.Of(schema, target), limits, cancellation);
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(document, DomainJson.Indented), (byte)'\n'];
        using StagingFolder staging = new(jsonPath);
        File.WriteAllBytes(staging.File("baseline.json"), bytes);
        staging.Publish("baseline.json", jsonPath);
        return new DriftBaseline(ArtifactRef.ForContent(Sha256Digest.Of(bytes), bytes.Length, MediaTypes.Json), document.RowCount);
    }

    /// <summary>Counts any figures of a Parquet file, such as <see cref="DriftFigures.OfCommonColumns"/>.</summary>
    /// <exception cref="InvalidDataSourceException">The file cannot be read, has no rows, or a figure is no expression over it.</exception>
    /// <exception cref="DataDeadlineException">The work took too long.</exception>
    public static BaselineDocument Count(string rowsPath, ImmutableArray<FigureDefinition> figures, DataLimits limits, CancellationToken cancellation) =>
        new DataWork("counting the drift baseline", limits).Run(token => CountFigures(Path.GetFullPath(rowsPath), figures, limits, token), cancellation);

    private static BaselineDocument CountFigures(string rowsPath, ImmutableArray<FigureDefinition> figures, DataLimits limits, CancellationToken cancellation)
    {
        using StagingFolder spill = new(rowsPath);
        using DuckSession session = DuckSession.Open(limits, FigureRows.Folders(rowsPath), spill.Path, cancellation);
        FigureRows rows = FigureRows.Of(session, rowsPath, "training set", figures);
        if (rows.RowCount == 0)
        {
            throw new InvalidDataSourceException($"'{Path.GetFileName(rowsPath)}' has no rows; a drift baseline needs some");
        }

        Dictionary<string, FigureDistribution> numbers = CountNumbers(rows, [.. figures.Where(rows.IsNumber)], cancellation);
        LevelCounting levels = new(session, rows.Side);
        return new BaselineDocument
        {
            RowCount = rows.RowCount,
            Distributions = [.. figures.Select(figure => numbers.GetValueOrDefault(figure.Name) ?? CountLevels(levels, rows, figure))],
        };
    }

    private static Dictionary<string, FigureDistribution> CountNumbers(
        FigureRows rows, ImmutableArray<FigureDefinition> figures, CancellationToken cancellation)
    {
        Dictionary<string, FigureDistribution> counted = new(StringComparer.Ordinal);
        int together = NumberColumn.CountTogether(rows.RowCount);
        ImmutableArray<NumberColumn> columns = [.. Enumerable.Range(0, together).Select(_ => new NumberColumn())];
        double[] scratch = [];
        foreach (FigureDefinition[] group in figures.Chunk(together))
        {
            rows.Read([.. group], columns[..group.Length], cancellation);
            foreach ((FigureDefinition figure, NumberColumn column) in group.Zip(columns))
            {
                counted.Add(figure.Name, NumberDistributions.Decide(figure, column.ToDistribution(ref scratch), column.NullCount));
            }
        }

        return counted;
    }

    private static FigureDistribution CountLevels(LevelCounting levels, FigureRows rows, FigureDefinition figure)
    {
        levels.Count(rows.Source, figure);
        return levels.Decide(figure);
    }
}
