using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Features;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.Data.Tests.Features;

public sealed class TypedSplitTests : IDisposable
{
    private readonly ScratchParquet parquet = new();
    private int splits;

    public void Dispose() => parquet.Dispose();

    [Fact]
    public void Split_ColumnsOfEveryType_ComeBackAsTheyWere()
    {
        Sides sides = Split(StrikeTable.Definition(StrikeTable.Damage));

        foreach (RowSet side in new[] { sides.Training, sides.Holdout })
        {
            Assert.True(side.Count > 50);
            for (int row = 0; row < side.Count; row++)
            {
                int number = int.Parse(side.Keys[row][1..], CultureInfo.InvariantCulture);
                Assert.Equal(number % 5 == 0, side.Inputs.Columns[0].IsMissing(row));
                Assert.InRange(side.Inputs.Columns[0].IsMissing(row) ? 1 : Values<InputValues.Numbers>(side, 0).Values[row], 0, 143);
                Assert.InRange(Values<InputValues.Integers>(side, 1).Values[row], 0, 12);
                Assert.Equal(number % 11 == 0 ? 1 : 0, Values<InputValues.Integers>(side, 2).Values[row]);
                Assert.Contains(Values<InputValues.Texts>(side, 3).Values[row], new[] { "goose", "gull", "hawk" });
                Assert.StartsWith("note ", Values<InputValues.Texts>(side, 4).Values[row], StringComparison.Ordinal);
                Assert.Equal($"h{number % 40}.example.org", Values<InputValues.Texts>(side, 5).Values[row]);
                Assert.Equal(MicrosecondsOf(number), Values<InputValues.Integers>(side, 6).Values[row]);
                Assert.Equal(number % 3, side.Labels[row]);
                Assert.Equal(1 + (number % 3), side.Weights[row]);
            }

            Assert.Empty(Values<InputValues.Integers>(side, 1).Present);
        }
    }

    [Fact]
    public void Split_ClassesAndNumbers_AreSummedUpBySide()
    {
        Sides classes = Split(StrikeTable.Definition(StrikeTable.Damage));
        Sides numbers = Split(StrikeTable.Definition(StrikeTable.Cost));

        Assert.Equal(["None", "Minor", "Severe"], classes.Split.Holdout.Labels.Classes.Select(one => one.Name));
        Assert.Equal(classes.Split.Holdout.RowCount, classes.Split.Holdout.Labels.Classes.Sum(one => one.RowCount));
        NumberSummary summary = numbers.Split.TrainingSet.Labels.Numbers!;
        Assert.Equal((0, 6), (summary.Minimum, summary.Maximum));
        Assert.Equal(numbers.Training.Labels.Average(), summary.Mean, 5);
        Assert.Equal(numbers.Training.Labels.Count(label => label == 0), summary.ZeroCount);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(48, 0)]
    [InlineData(100, 30)]
    [InlineData(500, 90)]
    [InlineData(570, 20)]
    public void Split_ByTime_HoldsOutWhatIsLaterThanEveryTrainingRow(int holdoutHours, int embargoHours)
    {
        Sides sides = Split(InTime(new() { ByTime = "happened", Holdout = TimeSpan.FromHours(holdoutHours), Embargo = TimeSpan.FromHours(embargoHours) }, target: StrikeTable.Cost), rows: "* REPLACE (cost + hour(happened) AS cost)");

        long[] training = [.. RowSets.ReadTimes(sides.TrainingPath, new DataLimits())];
        long[] holdout = [.. RowSets.ReadTimes(sides.HoldoutPath, new DataLimits())];
        Assert.Equal(holdoutHours, holdout.Length);
        Assert.Equal(600 - holdoutHours - embargoHours, training.Length);
        Assert.True(training.Max() < holdout.Min());
        Assert.True(training.Max() <= holdout.Max() - (TimeSpan.FromHours(holdoutHours + embargoHours).Ticks / 10));
        Assert.Equal(training.Order(), training);
        Assert.Equal(DateTime.UnixEpoch.AddMicroseconds(holdout.Min()), sides.Split.Holdout.Times!.First);
        Assert.Equal(DateTime.UnixEpoch.AddMicroseconds(training.Max()), sides.Split.TrainingSet.Times!.Last);
    }

    [Fact]
    public void Split_EventTimeWithoutFoldsOrColumn_HoldsOutTheLastFifthOfTheTime()
    {
        ModelDefinition definition = StrikeTable.Definition(StrikeTable.Damage);

        Sides byDefault = Split(definition with { Features = definition.Features with { EventTime = "happened" } });
        Sides byFolds = Split(definition with { Features = definition.Features with { EventTime = "happened" }, Split = new() { Folds = 5 } });

        Assert.Equal(120, byDefault.Holdout.Count);
        Assert.True(byDefault.Split.TrainingSet.Times!.Last < byDefault.Split.Holdout.Times!.First);
        Assert.Null(byFolds.Split.Holdout.Times);
    }

    [Theory]
    [InlineData("if(id = 'k000007', NULL, happened)", "1 of 600 rows of 'scratch' have no finite time in 'happened', by which they are split; leave them out in snapshot.sql")]
    [InlineData("if(id = 'k000007', TIMESTAMP 'infinity', happened)", "1 of 600 rows of 'scratch' have no finite time in 'happened', by which they are split; leave them out in snapshot.sql")]
    [InlineData("happened::VARCHAR", "column 'happened', which 'scratch' is split by in time, is VARCHAR; expected a date or a timestamp: cast it in snapshot.sql")]
    [InlineData("TIMESTAMP '2024-01-01'", "no row of 'scratch' is left to train on: the rows span 2024-01-01 00:00:00 to 2024-01-01 00:00:00 by 'happened', and the holdout of 2.00:00:00 with its embargo of 00:00:00 takes them all; shorten 'split.holdout' or 'split.embargo'")]
    public void Split_TimesThatCannotBeSplitBy_AreRefused(string happened, string expected)
    {
        InvalidDataSourceException refused = Assert.Throws<InvalidDataSourceException>(
            () => Split(InTime(new() { ByTime = "happened", Holdout = TimeSpan.FromDays(2) }), rows: $"* REPLACE ({happened} AS happened)"));

        Assert.Equal(expected, refused.Message);
    }

    [Fact]
    public void Split_ClassMissingFromAHoldoutInTime_IsBorneUnlessTrainingLacksIt()
    {
        SplitDefinition split = new() { ByTime = "happened", Holdout = TimeSpan.FromHours(100) };

        Sides borne = Split(InTime(split), rows: "* REPLACE (if(id >= 'k000500' AND damage = 'Severe', 'Minor', damage) AS damage)");
        InvalidDataSourceException refused = Assert.Throws<InvalidDataSourceException>(
            () => Split(InTime(split), rows: "* REPLACE (if(id < 'k000500' AND damage = 'Severe', 'Minor', damage) AS damage)"));

        Assert.Equal(0, borne.Split.Holdout.Labels.Classes[2].RowCount);
        Assert.Equal(
            "the training set of 'scratch' with its 500 rows has no row of class 'Severe' (None: 167 rows, Minor: 333 rows, Severe: 0 rows); every class is needed, so take more rows, or another 'split.holdout'",
            refused.Message);
    }

    [Fact]
    public void Split_LabelThatIsNone_IsRefused()
    {
        InvalidDataSourceException unknown = Assert.Throws<InvalidDataSourceException>(
            () => Split(StrikeTable.Definition(StrikeTable.Damage), rows: "* REPLACE (if(id = 'k000500', 'B', damage) AS damage)"));
        InvalidDataSourceException constant = Assert.Throws<InvalidDataSourceException>(
            () => Split(StrikeTable.Definition(StrikeTable.Cost), rows: "* REPLACE (3.0 AS cost)"));

        Assert.Equal("1 rows of 'scratch' have no label in 'damage'; expected None, Minor or Severe in every row", unknown.Message);
        Assert.Contains("has no two labels that differ (all are 3); at least two are needed", constant.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Split_TrainerThatStopsEarly_HasATenthOfTheTrainingPartToWatch(bool byTime)
    {
        TrainerDefinition trainer = new TrainerDefinition.LightGbm { EarlyStopping = 10 };
        SplitDefinition split = byTime ? new() { ByTime = "happened", Holdout = TimeSpan.FromHours(100) } : new();

        Sides sides = Split(InTime(split) with { Trainer = trainer });

        ImmutableArray<bool> watched = RowSets.ReadValidation(sides.TrainingPath, new DataLimits());
        Assert.Equal(sides.Training.Count, watched.Length);
        Assert.InRange(watched.Count(row => row), watched.Length / 20, watched.Length / 5);
        Assert.Empty(RowSets.ReadValidation(sides.HoldoutPath, new DataLimits()));
        if (byTime)
        {
            Assert.Equal(watched.Order(), watched);
            Assert.Equal(50, watched.Count(row => row));
        }
    }

    [Fact]
    public void Split_NothingToStopEarlyBy_LeavesNoMask()
    {
        Sides sides = Split(StrikeTable.Definition(StrikeTable.Damage));

        Assert.Empty(RowSets.ReadValidation(sides.TrainingPath, new DataLimits()));
        Assert.Empty(RowSets.ReadTimes(sides.TrainingPath, new DataLimits()));
    }

    [Fact]
    public void Split_AnotherNumberOfThreads_GivesTheSameBytes()
    {
        ModelDefinition definition = InTime(new() { ByTime = "happened", Holdout = TimeSpan.FromHours(100) }, StrikeTable.Cost);

        Assert.Equal(Split(definition, threads: 1).Split, Split(definition, threads: 2).Split);
    }

    private static ModelDefinition InTime(SplitDefinition split, Target? target = null) => StrikeTable.Definition(target ?? StrikeTable.Damage) with { Split = split };

    private static T Values<T>(RowSet rows, int column)
        where T : InputValues => Assert.IsType<T>(rows.Inputs.Columns[column]);

    private static long MicrosecondsOf(int hour) => (new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(hour) - DateTime.UnixEpoch).Ticks / 10;

    private Sides Split(ModelDefinition definition, string rows = "*", int threads = 2)
    {
        string snapshot = parquet.Write($"SELECT {rows} FROM ({StrikeTable.Rows})");
        string written = Path.Combine(Path.GetDirectoryName(snapshot)!, $"{++splits}");
        Sides sides = new($"{written}-training.parquet", $"{written}-holdout.parquet", definition.Features.Schema);
        return sides with { Split = HoldoutSplit.Split(snapshot, definition, sides.TrainingPath, sides.HoldoutPath, new DataLimits { Threads = threads }, TestContext.Current.CancellationToken) };
    }

    private sealed record Sides(string TrainingPath, string HoldoutPath, InputSchema Schema)
    {
        public SplitRows Split { get; init; } = null!;

        public RowSet Training => RowSets.Read(TrainingPath, Schema, RowParts.All, new DataLimits());

        public RowSet Holdout => RowSets.Read(HoldoutPath, Schema, RowParts.All, new DataLimits());
    }
}
