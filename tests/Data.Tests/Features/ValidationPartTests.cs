using System.Collections.Immutable;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Training;

namespace Lifecycle.Data.Tests.Features;

/// <summary>The part of a TrainingSet that a trainer stops early by.</summary>
public sealed class ValidationPartTests : IDisposable
{
    private static readonly SplitDefinition LastHours = new() { ByTime = "happened", Holdout = TimeSpan.FromHours(100) };

    private readonly ScratchSides sides = new();

    public void Dispose() => sides.Dispose();

    [Fact]
    public void Read_SplitByFolds_SetsATenthApartByTheKey()
    {
        Sides split = Split(Stopping(new()));

        Assert.InRange(split.Parts.Validation!.Count, split.Training.Count / 20, split.Training.Count / 5);
        AssertParts(split);
    }

    [Fact]
    public void Read_RowsInClusters_KeepsEachClusterInOnePart()
    {
        ModelDefinition definition = Stopping(new() { Column = "host" });

        Sides split = Split(definition with { Features = definition.Features with { Cluster = "host" } });

        Assert.NotEmpty(HostsOf(split.Parts.Validation!));
        Assert.Empty(HostsOf(split.Parts.Rows).Intersect(HostsOf(split.Parts.Validation!)));
        AssertParts(split);
    }

    [Fact]
    public void Read_ClusterOtherThanTheSplitsColumn_IsKeptInOnePartToo()
    {
        ModelDefinition definition = Stopping(new());

        Sides split = Split(definition with { Features = definition.Features with { Cluster = "host" } });

        Assert.Empty(HostsOf(split.Parts.Rows).Intersect(HostsOf(split.Parts.Validation!)));
        AssertParts(split);
    }

    [Fact]
    public void Read_SplitByTime_SetsTheNewestTenthApart()
    {
        Sides split = Split(Stopping(LastHours));

        Assert.Equal(50, split.Parts.Validation!.Count);
        Assert.Equal(split.Training.Keys, [.. split.Parts.Rows.Keys, .. split.Parts.Validation.Keys]);
    }

    [Fact]
    public void Read_NewestTimeOfMoreThanATenth_SetsAllOfItApart()
    {
        Sides split = Split(Stopping(LastHours), "* REPLACE (if(id BETWEEN 'k000400' AND 'k000499', TIMESTAMP '2024-01-20', happened) AS happened)");

        Assert.Equal(100, split.Parts.Validation!.Count);
        Assert.Equal(400, split.Parts.Rows.Count);
    }

    [Fact]
    public void Read_TrainerThatNeverStopsEarly_LearnsFromAllRows()
    {
        Sides split = Split(StrikeTable.Definition(StrikeTable.Damage));

        Assert.Null(split.Parts.Validation);
        Assert.Equal(split.Training.Keys, split.Parts.Rows.Keys);
        Assert.Empty(split.TrainingTimes);
    }

    [Fact]
    public void Read_Holdout_HasNothingSetApart()
    {
        Sides split = Split(Stopping(new()));

        Assert.Null(RowSets.ReadTraining(split.HoldoutPath, split.Schema, RowParts.None, new DataLimits()).Validation);
    }

    [Fact]
    public void Split_ClassThatIsInTheNewestTenthAlone_IsRefused()
    {
        InvalidDataSourceException refused = Assert.Throws<InvalidDataSourceException>(
            () => Split(Stopping(LastHours), "* REPLACE (if(id < 'k000460' AND damage = 'Severe', 'Minor', damage) AS damage)"));

        Assert.Equal(
            "the training set of 'scratch' cannot spare a tenth to stop early by: without it there is no row of class 'Severe' (None: 150 rows, Minor: 300 rows, Severe: 0 rows); every class is needed; take more rows, or leave 'trainer.earlyStopping' out",
            refused.Message);
    }

    [Fact]
    public void Split_OneCluster_CannotSpareATenth()
    {
        ModelDefinition definition = Stopping(new());

        InvalidDataSourceException refused = Assert.Throws<InvalidDataSourceException>(
            () => Split(definition with { Features = definition.Features with { Cluster = "host" } }, "* REPLACE ('h.example.org' AS host)"));

        Assert.Equal(
            "the training set of 'scratch' cannot spare a tenth to stop early by: no row falls into it; take more rows, or leave 'trainer.earlyStopping' out", refused.Message);
    }

    private static ModelDefinition Stopping(SplitDefinition split) =>
        StrikeTable.Definition(StrikeTable.Damage) with { Split = split, Trainer = new TrainerDefinition.LightGbm { EarlyStopping = 10 } };

    private static ImmutableArray<string?> HostsOf(RowSet rows) => Assert.IsType<InputValues.Texts>(rows.Inputs.Columns[5]).Values;

    private static void AssertParts(Sides split)
    {
        TrainingParts parts = split.Parts;
        Assert.Equal(split.Training.Keys, parts.Rows.Keys.Concat(parts.Validation!.Keys).Order(StringComparer.Ordinal));
        Assert.Equal(parts.Rows.Count, parts.Rows.Inputs.Count);
        Assert.Equal(parts.Validation.Count, parts.Validation.Inputs.Count);
        Assert.Equal(parts.Validation.Keys.Length, parts.Validation.Labels.Length);
    }

    private Sides Split(ModelDefinition definition, string rows = "*") => sides.Split(definition, $"SELECT {rows} FROM ({StrikeTable.Rows})");
}
