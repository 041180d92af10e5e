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
    private readonly ScratchSides sides = new();

    public void Dispose() => sides.Dispose();

    [Fact]
    public void Split_ColumnsOfEveryType_ComeBackAsTheyWere()
    {
        Sides split = Split(StrikeTable.Definition(StrikeTable.Damage));

        foreach (RowSet side in new[] { split.Training, split.Holdout })
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
        Sides split = Split(InTime(new() { ByTime = "happened", Holdout = TimeSpan.FromHours(holdoutHours), Embargo = TimeSpan.FromHours(embargoHours) }, target: StrikeTable.Cost), rows: "* REPLACE (cost + hour(happened) AS cost)");

        long[] training = [.. split.TrainingTimes];
        long[] holdout = [.. split.HoldoutTimes];
        Assert.Equal(holdoutHours, holdout.Length);
        Assert.Equal(600 - holdoutHours - embargoHours, training.Length);
        Assert.True(training.Max() < holdout.Min());
        Assert.True(training.Max() <= holdout.Max() - (TimeSpan.FromHours(holdoutHours + embargoHours).Ticks / 10));
        Assert.Equal(training.Order(), training);
        Assert.Equal(DateTime.UnixEpoch.AddMicroseconds(holdout.Min()), split.Split.Holdout.Times!.First);
        Assert.Equal(DateTime.UnixEpoch.AddMicroseconds(training.Max()), split.Split.TrainingSet.Times!.Last);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Split_TimesAtRandomAndInTies_LeaveNoTrainingRowWithinTheEmbargo(int seed)
    {
        TimeSpan holdoutLength = TimeSpan.FromHours(40 * seed);
        TimeSpan embargo = TimeSpan.FromHours(7 * seed);
        string happened = $"TIMESTAMP '2024-01-01' + to_hours((hash(id || '{seed}') % 400)::INTEGER)";

        Sides split = Split(InTime(new() { ByTime = "happened", Holdout = holdoutLength, Embargo = embargo }), rows: $"* REPLACE ({happened} AS happened)");

        long newest = split.HoldoutTimes.Max();
        long cut = newest - (holdoutLength.Ticks / 10);
        Assert.All(split.HoldoutTimes, time => Assert.True(time > cut));
        Assert.All(split.TrainingTimes, time => Assert.True(time <= cut - (embargo.Ticks / 10)));
        Assert.True(split.Training.Count + split.Holdout.Count < 600);
        Assert.Empty(split.Training.Keys.Intersect(split.Holdout.Keys));
    }

    [Fact]
    public void Split_AtRandomOfRowsInTime_PaysNoHeedToIt()
    {
        Sides split = Split(InTime(new() { ByTime = "happened", Holdout = TimeSpan.FromHours(120) }) with { Split = SplitDefinition.AtRandom(5) });

        Assert.InRange(split.Holdout.Count, 90, 150);
        Assert.Equal(600, split.Training.Count + split.Holdout.Count);
        Assert.Null(split.Split.Holdout.Times);
    }

    [Fact]
    public void Split_ShuffledLabels_DealsThoseOfTheTrainingSetAnew()
    {
        ModelDefinition definition = InTime(new() { ByTime = "happened", Holdout = TimeSpan.FromHours(120) });

        Sides sound = Split(definition);
        Sides shuffled = Split(definition, shuffleLabels: true);
        Sides again = Split(definition, shuffleLabels: true);

        Assert.Equal(sound.Split.Holdout.Rows, shuffled.Split.Holdout.Rows);
        Assert.Equal(shuffled.Split.TrainingSet.Rows, again.Split.TrainingSet.Rows);
        Assert.Equal(sound.Training.Keys, shuffled.Training.Keys);
        Assert.Equal(sound.Training.Labels.Order(), shuffled.Training.Labels.Order());
        Assert.InRange(sound.Training.Labels.Zip(shuffled.Training.Labels).Count(pair => pair.First == pair.Second), 110, 210);
    }

    [Fact]
    public void Split_OtherRowsBesideThem_LeavesKeysOnTheirSide()
    {
        ModelDefinition definition = StrikeTable.Definition(StrikeTable.Damage);

        Sides all = Split(definition);
        Sides some = Split(definition, where: "hash(id) % 3 <> 0");
        Sides more = Split(definition, rows: "* REPLACE (if(more.range = 0, id, 'more' || id) AS id)", where: "true", beside: ", range(2) AS more(range)");

        Assert.Equal(all.Holdout.Keys.Intersect(some.Training.Keys.Concat(some.Holdout.Keys)), some.Holdout.Keys);
        Assert.Equal(all.Holdout.Keys, more.Holdout.Keys.Where(key => !key.StartsWith("more", StringComparison.Ordinal)));
        Assert.Equal(all.Training.Keys, more.Training.Keys.Where(key => !key.StartsWith("more", StringComparison.Ordinal)));
    }

    [Fact]
    public void Split_LastDayThatACalendarHas_ComesBackAndIsSplitBy()
    {
        const string Rows = "* REPLACE (if(id >= 'k000500', TIMESTAMP '9999-12-31 23:59:59.999999', happened) AS happened)";
        long last = (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / 10;

        Sides split = Split(InTime(new() { ByTime = "happened", Holdout = TimeSpan.FromDays(1) }), Rows);

        Assert.Equal(100, split.Holdout.Count);
        Assert.All(Values<InputValues.Integers>(split.Holdout, 6).Values, time => Assert.Equal(last, time));
        Assert.Equal(9999, split.Split.Holdout.Times!.Last.Year);
    }

    [Fact]
    public void Split_RowWithoutWhatItIsSplitBy_IsRefused()
    {
        const string Rows = "* REPLACE (if(id = 'k000007', NULL, host) AS host)";
        ModelDefinition definition = StrikeTable.Definition(StrikeTable.Damage);

        InvalidDataSourceException byColumn = Assert.Throws<InvalidDataSourceException>(() => Split(definition with { Split = new() { Column = "host" } }, Rows));
        InvalidDataSourceException inCluster = Assert.Throws<InvalidDataSourceException>(
            () => Split(definition with { Features = definition.Features with { Cluster = "host" } }, Rows));

        Assert.Equal("1 rows of 'scratch' have no value in 'host', by which they are split; leave them out in snapshot.sql", byColumn.Message);
        Assert.Equal("1 rows of 'scratch' have no value in 'host', their cluster; give each a cluster of its own in snapshot.sql", inCluster.Message);
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

    [Theory]
    [InlineData("'B'")]
    [InlineData("'severe'")]
    [InlineData("NULL")]
    public void Split_LabelThatIsNoClass_IsRefused(string label)
    {
        InvalidDataSourceException unknown = Assert.Throws<InvalidDataSourceException>(
            () => Split(StrikeTable.Definition(StrikeTable.Damage), rows: $"* REPLACE (if(id = 'k000500', {label}, damage) AS damage)"));

        Assert.Equal("1 rows of 'scratch' have no label in 'damage'; expected None, Minor or Severe in every row", unknown.Message);
    }

    [Theory]
    [InlineData("NULL")]
    [InlineData("'nan'::DOUBLE")]
    [InlineData("'inf'::DOUBLE")]
    [InlineData("'-inf'::DOUBLE")]
    public void Split_LabelThatIsNoFiniteNumber_IsRefused(string label)
    {
        InvalidDataSourceException none = Assert.Throws<InvalidDataSourceException>(
            () => Split(StrikeTable.Definition(StrikeTable.Cost), rows: $"* REPLACE (if(id = 'k000500', {label}, cost) AS cost)"));

        Assert.Equal("1 rows of 'scratch' have no label in 'cost'; expected a finite number of at most 3.4e38 in size in every row", none.Message);
    }

    [Fact]
    public void Split_ConstantAmounts_AreRefused()
    {
        InvalidDataSourceException constant = Assert.Throws<InvalidDataSourceException>(
            () => Split(StrikeTable.Definition(StrikeTable.Cost), rows: "* REPLACE (3.0 AS cost)"));

        Assert.Contains("has no two labels that differ (all are 3); at least two are needed", constant.Message, StringComparison.Ordinal);
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

    private Sides Split(ModelDefinition definition, string rows = "*", string where = "true", string beside = "", int threads = 2, bool shuffleLabels = false) =>
        sides.Split(definition, $"SELECT {rows} FROM ({StrikeTable.Rows}) AS strikes{beside} WHERE {where}", threads, shuffleLabels);
}
