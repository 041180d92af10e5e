using System.Collections.Immutable;
using Lifecycle.Data.Drift;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Tests.Drift;

public sealed class ComparedFiguresTests : IDisposable
{
    private const string Hosts = "repeat('h', (i * 7 % 20 + 1)::INTEGER) || i % 900 || if(i % 10 = 0, '.org', '.com') AS input";
    private const string OtherHosts = "repeat('h', (i * 7 % 30 + 1)::INTEGER) || i % 900 || if(i % 3 = 0, '.org', '.com') AS input";
    private static readonly string[] Unlabelled = ["digits", "hyphens", "labels", "last label", "length", "vowels"];

    private readonly WindowScratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Compare_StoredBaseline_GivesWhatCountingTheRowsGives()
    {
        string baseline = scratch.Baseline($"{Hosts}, i % 2 AS label");
        string window = scratch.Window(OtherHosts);
        ImmutableArray<FigureDefinition> stored = DriftFigures.Of(Store(baseline), isLabelled: false);

        WindowDrift fromStored = scratch.Compare(baseline, window, stored);
        WindowDrift counted = scratch.Compare(baseline, window, [.. stored.Select(figure => figure with { Stored = null })]);

        Assert.Equal(Unlabelled, fromStored.Figures.Select(figure => figure.Name).Order());
        Assert.Equal(Text(counted), Text(fromStored));
        Assert.Contains(fromStored.Figures, figure => figure is { Name: "length", Level: DriftLevel.Act });
    }

    [Fact]
    public void Compare_AnyLimits_GivesTheSame()
    {
        string baseline = scratch.Baseline("i AS a, sqrt(i) AS b, i % 7 AS c, 'l' || i % 300 AS d");
        string window = scratch.Window("i * 2 AS a, sqrt(i) AS b, i % 5 AS c, 'l' || i % 400 AS d");
        ImmutableArray<FigureDefinition> figures = DriftFigures.OfCommonColumns(baseline, window, new DataLimits(), TestContext.Current.CancellationToken);

        WindowDrift narrow = WindowComparison.Compare(
            baseline, window, figures, new DriftPolicy(), new DataLimits { Threads = 1, MemoryMegabytes = 256 }, TestContext.Current.CancellationToken);

        Assert.Equal(Text(scratch.Compare(baseline, window, figures)), Text(narrow));
    }

    // Whatever traffic sends: every stored figure of a host name is measured, and the window has a level.
    [Theory]
    [InlineData("''", 2000)]
    [InlineData("'bank1.org'", 2000)]
    [InlineData("'bank1.org'", 1)]
    [InlineData("'bank1.org'", 0)]
    [InlineData("if(i % 2 = 0, 'a.com', 'b.com')", 2000)]
    [InlineData("repeat('.', (i % 40)::INTEGER)", 2000)]
    [InlineData("repeat('x', 100000)", 600)]
    [InlineData("chr(9) || chr(10) || i || chr(8238) || '<b>'", 2000)]
    [InlineData("'münchen' || chr((20000 + i)::INTEGER) || '.de'", 2000)]
    [InlineData("repeat('9', 400)", 2000)]
    [InlineData("'''; DROP TABLE texts; --' || i", 2000)]
    public void Compare_OddTexts_AreMeasured(string input, int rows)
    {
        string baseline = scratch.Baseline($"{Hosts}, i % 2 AS label");

        WindowDrift drift = scratch.Compare(baseline, scratch.Window($"{input} AS input", rows), DriftFigures.Of(Store(baseline), isLabelled: false));

        Assert.Equal(Unlabelled, drift.Figures.Select(figure => figure.Name).Order());
        Assert.Equal(rows < new DriftPolicy().MinimumRows, drift.Level == DriftLevel.Inconclusive);
    }

    [Fact]
    public void OfCommonColumns_MomentsAndOddColumns_AreLeftOut()
    {
        string baseline = scratch.Baseline("i AS a, TIMESTAMP '2024-01-01' AS time, [i] AS list, 1 AS old, i % 2 = 0 AS flag");
        string window = scratch.Window("i AS a, TIMESTAMP '2024-01-01' AS time, [i] AS list, 1 AS new, i % 2 = 0 AS flag");

        ImmutableArray<FigureDefinition> figures = DriftFigures.OfCommonColumns(baseline, window, new DataLimits(), TestContext.Current.CancellationToken);

        Assert.Equal(["a", "flag"], figures.Select(figure => figure.Name));
    }

    [Fact]
    public void Compare_InputsAndPredictions_AreOneReport()
    {
        using WindowScratch holdout = new();
        WindowDrift drift = WindowComparison.Compare(
            [
                new ComparedRows(scratch.Baseline("i AS x"), scratch.Window("i AS x, i / 2000.0 AS prediction", rows: 2000), [new FigureDefinition("x", "x")]),
                new ComparedRows(holdout.Baseline("i / 4000.0 AS prediction"), scratch.Window("i AS x, i / 3000.0 AS prediction", rows: 2000), [DriftFigures.Prediction]),
            ],
            new DriftPolicy(), new DataLimits(), TestContext.Current.CancellationToken);

        Assert.Equal(["prediction", "x"], drift.Figures.Select(figure => figure.Name).Order());
        Assert.Equal((2, 2), (drift.FigureCount, drift.ActCount));
    }

    [Fact]
    public void Compare_FigureThatIsNoExpression_NamesIt() => Assert.StartsWith(
        "figure 'bad' cannot be computed over the baseline 'baseline.parquet': Binder Error",
        Refused(new FigureDefinition("good", "x"), new FigureDefinition("bad", "y + 1")), StringComparison.Ordinal);

    [Fact]
    public void Compare_TwoTypes_SaysSo()
    {
        string baseline = scratch.Baseline("i::VARCHAR AS x");
        InvalidDataSourceException refusal = Assert.Throws<InvalidDataSourceException>(() => scratch.Compare(baseline, scratch.Window("i AS x"), new FigureDefinition("x", "x")));

        Assert.Equal("figure 'x' is no number in the baseline and a number in the window; write the column with one type in both", refusal.Message);
    }

    [Fact]
    public void Compare_OneNameTwice_SaysSo() =>
        Assert.Equal("two figures are called 'x'; give each a name of its own", Refused(new FigureDefinition("x", "x"), new FigureDefinition("x", "x + 1")));

    [Fact]
    public void Compare_StoredCountsOfOtherRows_AreRefused()
    {
        string baseline = scratch.Baseline($"{Hosts}, i % 2 AS label");
        ImmutableArray<FigureDefinition> stored = DriftFigures.Of(Store(baseline), isLabelled: false);
        string other = scratch.Baseline($"{Hosts}, i % 2 AS label", rows: 3999);

        Assert.Contains(
            "was counted over 4000 rows and the baseline has 3999",
            Assert.Throws<InvalidDataSourceException>(() => scratch.Compare(other, scratch.Window(Hosts), stored)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_MissingWindow_NamesIt() => Assert.Equal(
        "the window 'nowhere.parquet' is missing",
        Assert.Throws<InvalidDataSourceException>(() => scratch.Compare(
            scratch.Baseline("i AS x"), Path.Combine(Path.GetDirectoryName(scratch.Baseline("i AS x"))!, "nowhere.parquet"), new FigureDefinition("x", "x"))).Message);

    private static string Text(WindowDrift drift) => string.Join(
        '\n', drift.Figures.Select(figure => $"{figure.Name} {figure.Kind} {figure.Level} {string.Join(", ", figure.Effects)}"));

    private string Refused(params ImmutableArray<FigureDefinition> figures) =>
        Assert.Throws<InvalidDataSourceException>(() => scratch.Compare(scratch.Baseline("i AS x"), scratch.Window("i AS x"), figures)).Message;

    private static BaselineDocument Store(string rows)
    {
        string json = Path.Combine(Path.GetDirectoryName(rows)!, "baseline.json");
        FeatureView features = new() { Key = "key", Input = "input", Kind = InputKind.HostName };
        DriftBaselines.Compute(rows, features.Schema, new Target.Binary(), json, new DataLimits(), TestContext.Current.CancellationToken);
        return BaselineDocument.Read(File.ReadAllBytes(json));
    }
}
