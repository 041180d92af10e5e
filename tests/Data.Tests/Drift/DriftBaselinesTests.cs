using System.Text.Json;
using Lifecycle.Data.Drift;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Domain;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Tests.Drift;

public sealed class DriftBaselinesTests : IDisposable
{
    /// <summary>1,000 hosts h1.com, h2.com …, every tenth with a last label of its own, every fourth positive.</summary>
    private const string Hosts = """
        SELECT key, key AS input_host, label::DOUBLE AS label, 1::DOUBLE AS weight FROM (
            SELECT repeat('h', (range % 20 + 1)::INTEGER) || range || if(range % 10 = 0, '.x' || range, '.com') AS key, (range % 4 = 0)::TINYINT AS label
            FROM range(1000))
        """;

    private readonly ScratchParquet parquet = new();

    public void Dispose() => parquet.Dispose();

    [Fact]
    public void Compute_HostNames_CountsEveryFigureOverAllRows()
    {
        (DriftBaseline baseline, BaselineDocument document) = Compute(Hosts, InputKind.HostName);

        Assert.Equal(1000, baseline.RowCount);
        Assert.Equal(BaselineDocument.CurrentFormat, document.Format);
        Assert.Equal(["class", "length", "digits", "hyphens", "vowels", "labels", "last label"], document.Distributions.Select(one => one.Name));
        Assert.All(document.Distributions, one => Assert.Equal(1000, one.RowCount));
    }

    [Fact]
    public void Compute_NumericFigure_HasTenthsOfAboutEqualCounts()
    {
        (_, BaselineDocument document) = Compute(Hosts, InputKind.HostName);

        FigureDistribution length = document.Distributions.Single(one => one.Name == "length");
        Assert.Null(length.Levels);
        Assert.Equal(length.Edges!.Value.Order(), length.Edges.Value);
        Assert.Equal(length.Edges.Value.Length + 1, length.Counts.Length);
        Assert.All(length.Counts, count => Assert.InRange(count, 50, 150));
    }

    [Fact]
    public void Compute_FigureOfValues_ListsTheHundredMostFrequentAndCountsTheRest()
    {
        (_, BaselineDocument document) = Compute(Hosts, InputKind.HostName);

        FigureDistribution last = document.Distributions.Single(one => one.Name == "last label");
        Assert.Null(last.Edges);
        Assert.Equal(100, last.Levels!.Value.Length);
        Assert.Equal(("com", 900), (last.Levels.Value[0], last.Counts[0]));
        Assert.Equal(1, last.OtherCount);
        FigureDistribution label = document.Distributions.Single(one => one.Name == "class");
        Assert.Equal(["0", "1"], label.Levels!.Value);
        Assert.Equal([750, 250], label.Counts);
    }

    [Fact]
    public void Compute_Text_LeavesOutWhatOnlyHostsHave()
    {
        (_, BaselineDocument document) = Compute(Hosts, InputKind.Text);

        Assert.DoesNotContain(document.Distributions, one => one.Name is "labels" or "last label");
    }

    [Fact]
    public void Compute_AnotherNumberOfThreads_GivesTheSameBytes()
    {
        (DriftBaseline one, _) = Compute(Hosts, InputKind.HostName, threads: 1);
        (DriftBaseline two, _) = Compute(Hosts, InputKind.HostName, threads: 2);

        Assert.Equal(one, two);
    }

    [Fact]
    public void Compute_NoRows_IsRefused()
    {
        InvalidDataSourceException exception = Assert.Throws<InvalidDataSourceException>(() => Compute($"SELECT * FROM ({Hosts}) WHERE false", InputKind.Text));

        Assert.Equal("'rows.parquet' has no rows; a drift baseline needs some", exception.Message);
    }

    private (DriftBaseline Baseline, BaselineDocument Document) Compute(string rows, InputKind kind, int threads = 2)
    {
        string path = parquet.Write(rows);
        string json = Path.Combine(Path.GetDirectoryName(path)!, "baseline.json");
        InputSchema schema = new FeatureView { Key = "key", Input = "host", Kind = kind }.Schema;
        DriftBaseline baseline = DriftBaselines.Compute(
            path, schema, new Target.Binary(), json, new DataLimits { Threads = threads }, TestContext.Current.CancellationToken);
        Assert.Equal(baseline.Distributions.Sha256, Sha256Digest.OfFile(json));
        return (baseline, BaselineDocument.Read(File.ReadAllBytes(json)));
    }
}
