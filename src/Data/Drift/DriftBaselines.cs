using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Data.Distributions;
using Lifecycle.Data.Tables;
using Lifecycle.Domain;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Runs;

namespace Lifecycle.Data.Drift;

/// <summary>Counts the distributions of a TrainingSet that stage Watch compares later windows with.</summary>
public static class DriftBaselines
{
    private const string Figures = "training_figures";

    private static readonly ImmutableArray<(string Name, string Expression)> OfText =
    [
        ("class", "label"),
        ("length", "length(input)"),
        ("digits", CountOf("0123456789")),
        ("hyphens", CountOf("-")),
        ("vowels", CountOf("aeiou")),
    ];

    private static readonly ImmutableArray<(string Name, string Expression)> OfHostName =
    [
        ("labels", "len(string_split(input, '.'))"),
        ("last label", "string_split(input, '.')[-1]"),
    ];

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

    private static string CountOf(string characters) => $"length(input) - length(translate(input, {Sql.Literal(characters)}, ''))";

    private static BaselineDocument Count(string trainingPath, FeatureView features, DataLimits limits, CancellationToken cancellation)
    {
        using StagingFolder spill = new(trainingPath);
        using DuckSession session = DuckSession.Open(limits, [Path.GetDirectoryName(trainingPath)!], spill.Path, cancellation);
        ImmutableArray<(string Name, string Expression)> figures = features.Kind == InputKind.HostName ? [.. OfText, .. OfHostName] : OfText;
        session.Execute($"""
            CREATE TEMP TABLE {Figures} AS
            SELECT {string.Join(", ", figures.Select(figure => $"{figure.Expression} AS {Sql.Name(figure.Name)}"))}
            FROM read_parquet({Sql.Literal(trainingPath)})
            """);
        long rowCount = session.Scalar<long>($"SELECT count(*) FROM {Figures}");
        if (rowCount == 0)
        {
            throw new InvalidDataSourceException($"'{Path.GetFileName(trainingPath)}' has no rows; a drift baseline needs some");
        }

        return new BaselineDocument
        {
            RowCount = rowCount,
            Distributions = [.. figures.Select(figure => Count(session, figure.Name, figure.Expression))],
        };
    }

    private static BaselineDistribution Count(DuckSession session, string name, string expression)
    {
        Binning binning = Binning.Of(session, Sql.Name(name), Figures);
        ImmutableArray<long> counts = binning.CountRows(session, Sql.Name(name), Figures);
        return new BaselineDistribution
        {
            Name = name,
            Expression = expression,
            Edges = (binning as Binning.Quantiles)?.Bins.Edges,
            Levels = (binning as Binning.Levels)?.Values,
            Counts = counts[..^2],
            OtherCount = counts[^2],
            NullCount = counts[^1],
        };
    }
}
