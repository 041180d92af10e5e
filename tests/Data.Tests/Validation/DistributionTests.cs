using System.Collections.Immutable;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Data.Validation;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Statistics.Distances;

namespace Lifecycle.Data.Tests.Validation;

public sealed class DistributionTests : IDisposable
{
    private static readonly FeatureView Features = new() { Key = "word", Input = "word" };

    private readonly ScratchParquet parquet = new();

    public void Dispose() => parquet.Dispose();

    [Fact]
    public void Validate_CategoriesThatMoved_HaveTheIndexOfTheirCounts()
    {
        ValidationReport report = Compare(Levels(50, 30, 20, 0), Levels(40, 30, 20, 10), "level");

        DistributionShift shift = Assert.Single(report.Shifts);
        Assert.Equal(PopulationStabilityIndex.OfCounts([50, 30, 20, 0], [40, 30, 20, 10]), shift.PopulationStabilityIndex, 12);
        Assert.Equal(PopulationStabilityIndex.SignificanceFloor(4, 100, 100), shift.SignificanceFloor, 12);
        Assert.Equal("before", report.PreviousSnapshot);
    }

    [Fact]
    public void Validate_NumbersThatMoved_AreCutAtTheTenthsOfThePreviousSnapshot()
    {
        ValidationReport report = Compare(Numbers("range"), Numbers("range + 500"), "number");

        long[] tenths = [.. Enumerable.Repeat(100L, 10)];
        long[] moved = [0, 0, 0, 0, 0, 100, 100, 100, 100, 600];
        Assert.Equal(PopulationStabilityIndex.OfCounts(tenths, moved), Assert.Single(report.Shifts).PopulationStabilityIndex, 12);
        Assert.False(report.Accepted);
    }

    [Fact]
    public void Validate_NumbersWithAnAtom_ShowWhatMovesBelowIt()
    {
        ValidationReport report = Compare(
            Numbers("if(range < 50, range / 50, 1)::DOUBLE"),
            Numbers("if(range < 450, range / 450, 1)::DOUBLE"),
            "number");

        Assert.Equal(PopulationStabilityIndex.OfCounts([50, 950], [450, 550]), Assert.Single(report.Shifts).PopulationStabilityIndex, 12);
    }

    [Fact]
    public void Validate_NullAndNaN_HaveBinsOfTheirOwn()
    {
        ValidationReport report = Compare(
            Numbers("0.0::DOUBLE"),
            Numbers("CASE WHEN range < 100 THEN NULL WHEN range < 300 THEN 'nan'::DOUBLE ELSE 0 END"),
            "number");

        Assert.Equal(PopulationStabilityIndex.OfCounts([1000, 0, 0], [700, 100, 200]), Assert.Single(report.Shifts).PopulationStabilityIndex, 12);
    }

    [Fact]
    public void Validate_ManyLevels_KeepsTheHundredMostFrequentAndPoolsTheRest()
    {
        ValidationReport report = Compare(Numbers("'level' || (range % 400)"), Numbers("'level' || (range % 400 + 400)"), "number");

        Assert.Equal(PopulationStabilityIndex.SignificanceFloor(101, 1000, 1000), Assert.Single(report.Shifts).SignificanceFloor, 12);
    }

    [Theory]
    [InlineData(0.05, 0.1, FindingSeverity.Error)]
    [InlineData(0.05, 0.9, FindingSeverity.Warning)]
    public void Validate_ShiftAboveABound_HasThatBoundsSeverity(double warnAt, double errorAt, FindingSeverity expected)
    {
        ValidationReport report = Compare(Levels(500, 300, 200, 0), Levels(300, 300, 300, 100), "level", warnAt, errorAt);

        ValidationFinding finding = Assert.Single(report.Findings);
        Assert.Equal((expected, "distribution", "it"), (finding.Severity, finding.Rule, finding.Subject));
        Assert.StartsWith("PSI 0.", finding.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ShiftBelowTheNoiseFloor_IsNoFinding()
    {
        ValidationReport report = Compare(Levels(5, 3, 2, 0), Levels(3, 3, 3, 1), "level", warnAt: 0.05, errorAt: 0.1);

        DistributionShift shift = Assert.Single(report.Shifts);
        Assert.InRange(shift.PopulationStabilityIndex, 0.1, shift.SignificanceFloor);
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void Validate_Condition_RestrictsBothSides()
    {
        ValidationReport report = Compare(Levels(500, 300, 200, 0), Levels(500, 300, 100, 300), "level", where: "level IN ('a', 'b')");

        Assert.Equal(0, Assert.Single(report.Shifts).PopulationStabilityIndex);
    }

    [Fact]
    public void Validate_ConditionWithoutRows_FailsClosed()
    {
        ValidationReport report = Compare(Levels(5, 3, 2, 1), Levels(5, 3, 2, 0), "level", where: "level = 'd'");

        Assert.Equal("it: distribution is no rows to compare, expected rows in both snapshots", Assert.Single(report.Findings).Sentence);
        Assert.False(report.Accepted);
    }

    [Fact]
    public void Validate_ColumnGoneFromTheNewRows_FailsClosed()
    {
        ValidationReport report = Compare(Levels(5, 3, 2, 1), Numbers("range"), "level");

        Assert.StartsWith("not measurable: ", Assert.Single(report.Findings).Found, StringComparison.Ordinal);
        Assert.False(report.Accepted);
    }

    [Fact]
    public void Validate_ColumnThatThePreviousSnapshotDidNotHave_Warns()
    {
        ValidationReport report = Compare(Numbers("range"), Levels(5, 3, 2, 1), "level");

        Assert.StartsWith("not measurable in the previous snapshot: ", Assert.Single(report.Findings).Found, StringComparison.Ordinal);
        Assert.True(report.Accepted);
    }

    private static string Levels(int a, int b, int c, int d) =>
        "SELECT level || '-' || range AS word, (range % 2)::INTEGER AS label, level FROM ("
        + $"SELECT 'a' AS level, range FROM range({a}) UNION ALL SELECT 'b', range FROM range({b}) "
        + $"UNION ALL SELECT 'c', range FROM range({c}) UNION ALL SELECT 'd', range FROM range({d}))";

    private static string Numbers(string number) => $"SELECT 'w' || range AS word, (range % 2)::INTEGER AS label, {number} AS number FROM range(1000)";

    private ValidationReport Compare(string before, string now, string expression, double warnAt = 0.1, double errorAt = 0.25, string? where = null)
    {
        ColumnContract text = new() { Type = ColumnType.Text, Required = false };
        string number = now.Contains("'level'", StringComparison.Ordinal) ? "Text" : "Number";
        DataContract contract = new()
        {
            Columns = ImmutableSortedDictionary<string, ColumnContract>.Empty
                .Add("word", text)
                .Add("level", text)
                .Add("label", text with { Type = ColumnType.Integer })
                .Add("number", text with { Type = Enum.Parse<ColumnType>(number), Severity = FindingSeverity.Warning }),
            Distributions = [new() { Name = "it", Expression = expression, Where = where, WarnAt = warnAt, ErrorAt = errorAt }],
        };
        PreviousSnapshot previous = new("before", parquet.Write(before, "before.parquet"));
        return SnapshotValidator.Validate(parquet.Write(now, "now.parquet"), ScratchModels.With(contract, Features), previous, new DataLimits(), TestContext.Current.CancellationToken);
    }
}
