using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Data.Tables;
using Lifecycle.Domain;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Runs;

namespace Lifecycle.Data.Drift;

/// <summary>Counts the distributions of a TrainingSet that stage Watch compares later windows with.</summary>
public static class DriftBaselines
{
    /// <summary>Counts a TrainingSet and writes the document. The same rows give the same bytes.</summary>
    /// <param name="trainingPath">The TrainingSet's rows.</param>
    /// <param name="features">What the input is.</param>
    /// <param name="jsonPath">Where the document is written.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work and leaves nothing behind.</param>
    /// <exception cref="InvalidDataSourceException">The file cannot be read or has no rows.</exception>
    /// <exception cref="DataDeadlineException">The work took too long.</exception>
    public static DriftBaseline Compute(string trainingPath, FeatureView features, string jsonPath, DataLimits limits, CancellationToken cancellation)
    {
        BaselineDocument document = new DataWork("counting the drift baseline", limits)
            .Run(token => Count(Path.GetFullPath(trainingPath), features, limits, token), cancellation);
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(document, DomainJson.Indented), (byte)'\n'];
        using StagingFolder staging = new(jsonPath);
        File.WriteAllBytes(staging.File("baseline.json"), bytes);
        staging.Publish("baseline.json", jsonPath);
        return new DriftBaseline(ArtifactRef.ForContent(Sha256Digest.Of(bytes), bytes.Length, MediaTypes.Json), document.RowCount);
    }

    private static BaselineDocument Count(string trainingPath, FeatureView features, DataLimits limits, CancellationToken cancellation)
    {
        ImmutableArray<FigureDefinition> figures = DriftFigures.Of(features);
        using StagingFolder spill = new(trainingPath);
        using DuckSession session = DuckSession.Open(limits, FigureRows.Folders(trainingPath), spill.Path, cancellation);
        FigureRows rows = FigureRows.Of(session, trainingPath, "training set", figures);
        if (rows.RowCount == 0)
        {
            throw new InvalidDataSourceException($"'{Path.GetFileName(trainingPath)}' has no rows; a drift baseline needs some");
        }

        ImmutableDictionary<string, FigureDistribution> numbers = CountNumbers(rows, [.. figures.Where(rows.IsNumber)], cancellation);
        LevelCounting levels = new(session, rows.Side);
        return new BaselineDocument
        {
            RowCount = rows.RowCount,
            Distributions = [.. figures.Select(figure => numbers.GetValueOrDefault(figure.Name) ?? CountLevels(levels, rows, figure))],
        };
    }

    private static ImmutableDictionary<string, FigureDistribution> CountNumbers(
        FigureRows rows, ImmutableArray<FigureDefinition> figures, CancellationToken cancellation)
    {
        ImmutableArray<NumberColumn> columns = [.. figures.Select(_ => new NumberColumn())];
        rows.Read(figures, columns, cancellation);
        double[] scratch = [];
        return figures.Zip(columns).ToImmutableDictionary(
            pair => pair.First.Name,
            pair => NumberDistributions.Decide(pair.First, pair.Second.ToDistribution(ref scratch), pair.Second.NullCount),
            StringComparer.Ordinal);
    }

    private static FigureDistribution CountLevels(LevelCounting levels, FigureRows rows, FigureDefinition figure)
    {
        levels.Count(rows.Path, figure);
        return levels.Decide(figure);
    }
}
