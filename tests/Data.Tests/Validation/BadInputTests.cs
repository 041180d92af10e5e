using System.Collections.Immutable;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Data.Validation;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.Data.Tests.Validation;

/// <summary>What is wrong with a table of typed columns is one finding that says so.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly ScratchParquet parquet = new();

    public void Dispose() => parquet.Dispose();

    [Fact]
    public void Validate_SoundTable_HasNoFindingForEitherTarget()
    {
        Assert.Empty(Sentences(Validate(StrikeTable.Damage, "*")));
        Assert.Empty(Sentences(Validate(StrikeTable.Cost, "*")));
    }

    [Theory]
    [InlineData("* REPLACE ('None' AS damage)", "damage: classes is no row of Minor, Severe, expected rows of every class")]
    [InlineData("* REPLACE (if(damage = 'Severe', 'Minor', damage) AS damage)", "damage: classes is no row of Severe, expected rows of every class")]
    [InlineData("* REPLACE (if(id = 'k000007', 'C', damage) AS damage)", "damage: label is 'C' in 1 row, expected None, Minor or Severe in every row")]
    [InlineData("* REPLACE (if(id = 'k000007', NULL, damage) AS damage)", "damage: label is null in 1 row, expected None, Minor or Severe in every row")]
    [InlineData("* EXCLUDE (damage)", "damage: label is missing, expected None, Minor or Severe in every row; the snapshot has id, happened, cost, speed, birds, warned, species, note, host, share")]
    [InlineData("* REPLACE (NULL::DOUBLE AS speed)", "speed: input is null in all 600 rows, expected a value in some row")]
    [InlineData("* REPLACE (if(id = 'k000007', 'inf'::DOUBLE, speed) AS speed)", "speed: input is 'inf' in 1 row, expected a finite number; a missing one is null")]
    [InlineData("* REPLACE (if(id = 'k000007', 'nan'::DOUBLE, speed) AS speed)", "speed: input is 'nan' in 1 row, expected a finite number; a missing one is null")]
    [InlineData("* REPLACE (if(id = 'k000007', 1e308, speed) AS speed)", "speed: input is '1e+308' in 1 row, expected a number of at most 3.4e38 in size")]
    [InlineData("* REPLACE (if(id = 'k000007', -1, speed) AS speed)", "speed: inputMinimum is '-1.0' in 1 row, expected at least 0")]
    [InlineData("* REPLACE (replace(speed::VARCHAR, '.', ',') AS speed)", "speed: input is of type VARCHAR, expected a number (not a text: a decimal comma is none)")]
    [InlineData("* REPLACE (if(id = 'k000007', NULL, birds) AS birds)", "birds: input is null in 1 row, expected a value in every row")]
    [InlineData("* REPLACE (if(id = 'k000007', 101, birds) AS birds)", "birds: inputMaximum is '101' in 1 row, expected at most 100")]
    [InlineData("* REPLACE (if(id = 'k000007', 9223372036854775808::UBIGINT, birds::UBIGINT) AS birds)", "birds: input is '9223372036854775808' in 1 row, expected an integer of 64 bits")]
    [InlineData("* REPLACE (birds + 0.5 AS birds)", "birds: input is of type DECIMAL(12,1), expected an integer")]
    [InlineData("* REPLACE (if(warned, 'yes', 'no') AS warned)", "warned: input is of type VARCHAR, expected a boolean (not a text such as 'yes')")]
    [InlineData("* REPLACE (if(id = 'k000007', '', species) AS species)", "species: input is '' in 1 row, expected a value in every row")]
    [InlineData("* REPLACE (if(id = 'k000007', repeat('n', 21), note) AS note)", "note: inputBytes is 'nnnnnnnnnnnnnnnnnnnnn' in 1 row, expected at most 20 bytes of UTF-8")]
    [InlineData("* REPLACE (12.5 AS species)", "species: input is of type DECIMAL(3,1), expected a text, an integer or a boolean")]
    [InlineData("* REPLACE (happened::VARCHAR AS happened)", "happened: input is of type VARCHAR, expected a date or a timestamp without time zone, as 'zone: local' says")]
    [InlineData("* REPLACE (make_timestamptz(epoch_us(happened)) AS happened)", "happened: input is of type TIMESTAMP WITH TIME ZONE, expected a date or a timestamp without time zone, as 'zone: local' says")]
    [InlineData("* RENAME (speed AS speed_kn)", "speed: input is missing, expected a number (not a text: a decimal comma is none); the snapshot has id, happened, damage, cost, speed_kn, birds, warned, species, note, host and 1 more")]
    [InlineData("* RENAME (speed AS Speed)", "speed: input is missing, expected a number (not a text: a decimal comma is none); the snapshot has id, happened, damage, cost, Speed, birds, warned, species, note, host and 1 more")]
    [InlineData("* REPLACE (if(id = 'k000007', 0, share) AS share)", "share: weight is '0' in 1 row, expected a finite number above zero in every row")]
    [InlineData("* REPLACE (if(id = 'k000007', -2, share) AS share)", "share: weight is '-2' in 1 row, expected a finite number above zero in every row")]
    [InlineData("* REPLACE (share::VARCHAR AS share)", "share: weight is of type VARCHAR, expected a number")]
    [InlineData("* REPLACE (if(id = 'k000007', NULL, share) AS share)", "share: weight is null in 1 row, expected a finite number above zero in every row")]
    [InlineData("* REPLACE (if(id = 'k000007', 'nan'::DOUBLE, share) AS share)", "share: weight is 'nan' in 1 row, expected a finite number above zero in every row")]
    [InlineData("* REPLACE (if(id = 'k000007', TIMESTAMP 'infinity', happened) AS happened)", "happened: input is 'infinity' in 1 row, expected a finite time")]
    [InlineData("* REPLACE (if(id = 'k000007', 'k000008', id) AS id)", "id: unique is broken by 'k000008', expected no value twice")]
    [InlineData("* REPLACE ([id] AS id)", "id: key is of type VARCHAR[], expected a value of any plain type")]
    public void Validate_BadTableOfClasses_IsOneErrorThatSaysSo(string rows, string expected) => AssertOnlyError(StrikeTable.Damage, rows, expected);

    [Theory]
    [InlineData("* REPLACE (2.5 AS cost)", "cost: labels is 2.5 in all 600 rows, expected at least two different labels")]
    [InlineData("* REPLACE (if(id = 'k000007', 'inf'::DOUBLE, cost) AS cost)", "cost: label is 'inf' in 1 row, expected a finite number of at most 3.4e38 in size in every row")]
    [InlineData("* REPLACE (if(id = 'k000007', 'nan'::DOUBLE, cost) AS cost)", "cost: label is 'nan' in 1 row, expected a finite number of at most 3.4e38 in size in every row")]
    [InlineData("* REPLACE (if(id = 'k000007', 1e308, cost) AS cost)", "cost: label is '1e+308' in 1 row, expected a finite number of at most 3.4e38 in size in every row")]
    [InlineData("* REPLACE (if(id = 'k000007', '-inf'::DOUBLE, cost) AS cost)", "cost: label is '-inf' in 1 row, expected a finite number of at most 3.4e38 in size in every row")]
    [InlineData("* REPLACE (if(id = 'k000007', NULL, cost) AS cost)", "cost: label is null in 1 row, expected a finite number of at most 3.4e38 in size in every row")]
    [InlineData("* REPLACE (replace(cost::VARCHAR, '.', ',') AS cost)", "cost: label is of type VARCHAR, expected a finite number of at most 3.4e38 in size in every row")]
    public void Validate_BadTableOfAmounts_IsOneErrorThatSaysSo(string rows, string expected) => AssertOnlyError(StrikeTable.Cost, rows, expected);

    [Theory]
    [InlineData("poisson", TrainingObjective.Squared, -1, "cost: label is '-1.0' in 1 row, expected a number of at least 0 in every row, needed by gate.loss poisson")]
    [InlineData("tweedie(1.5)", TrainingObjective.Tweedie, -1, "cost: label is '-1.0' in 1 row, expected a number of at least 0 in every row, needed by gate.loss tweedie(1.5) and the trainer's objective")]
    [InlineData("squared", TrainingObjective.Poisson, -1, "cost: label is '-1.0' in 1 row, expected a number of at least 0 in every row, needed by the trainer's objective")]
    [InlineData("gamma", TrainingObjective.Gamma, 0, "cost: label is '0.0' in 1 row, expected a number above 0 in every row, needed by gate.loss gamma and the trainer's objective")]
    public void Validate_LabelThatLossOrObjectiveCannotTake_IsAnErrorBeforeAnythingIsLearnt(string loss, TrainingObjective objective, int label, string expected) => Assert.Equal(
        [expected],
        Errors(Validate(StrikeTable.Cost, $"* REPLACE (if(id = 'k000007', {label}, cost + 1)::DOUBLE AS cost)", definition => definition with
        {
            Gate = definition.Gate with { Loss = loss },
            Trainer = new TrainerDefinition.LightGbm { Objective = objective },
        })));

    [Theory]
    [InlineData("squared", TrainingObjective.Absolute, "cost - 5")]
    [InlineData("poisson", TrainingObjective.Tweedie, "cost")]
    public void Validate_LabelsThatLossAndObjectiveTake_HaveNoFinding(string loss, TrainingObjective objective, string cost) => Assert.Empty(
        Errors(Validate(StrikeTable.Cost, $"* REPLACE ({cost} AS cost)", definition => definition with
        {
            Gate = definition.Gate with { Loss = loss },
            Trainer = new TrainerDefinition.LightGbm { Objective = objective },
        })));

    [Fact]
    public void Validate_NothingToSplitBy_IsAnErrorOfThatColumn()
    {
        const string Rows = "* REPLACE (if(id = 'k000007', NULL, host) AS host)";

        Assert.Contains(
            "host: split is null in 1 row, expected a value in every row",
            Errors(Validate(StrikeTable.Damage, Rows, definition => definition with { Split = new() { Column = "host" } })));
        Assert.Contains(
            "host: cluster is null in 1 row, expected a value in every row",
            Errors(Validate(StrikeTable.Damage, Rows, definition => definition with { Features = definition.Features with { Cluster = "host" } })));
        Assert.Contains(
            "happened: time is null in 1 row, expected a finite time in every row, since the split goes by it",
            Errors(Validate(StrikeTable.Damage, "* REPLACE (if(id = 'k000007', NULL, happened) AS happened)", definition => definition with { Split = new() { ByTime = "happened" } })));
    }

    [Fact]
    public void Validate_LastDayThatACalendarHas_IsATimeLikeAnyOther() =>
        Assert.Empty(Sentences(Validate(StrikeTable.Damage, "* REPLACE (if(id = 'k000007', TIMESTAMP '9999-12-31 23:59:59.999999', happened) AS happened)")));

    [Fact]
    public void Validate_ClassSharesAndZeros_AreHeldToTheContract()
    {
        DataContract shares = new()
        {
            ClassShares = ImmutableSortedDictionary<string, ClassShareContract>.Empty
                .Add("Severe", new() { MinimumShare = 0.4 }).Add("Minor", new() { MaximumShare = 0.4 }).Add("Sever", new()),
            MaximumZeroShare = 0.5,
        };

        Assert.Equal(
            [
                "damage: classShare is bounds on 'Sever', which is no class of the target, expected bounds on None, Minor, Severe",
                "damage: classShare is 0.333333, expected a share of 'Severe' from 0.4 to 1",
            ],
            Errors(Validate(StrikeTable.Damage, "*", definition => definition with { Contract = definition.Contract with { ClassShares = shares.ClassShares } })));
        Assert.Equal(
            ["cost: zeroShare is 0.786667, expected a share of zeros from 0 to 0.5"],
            Errors(Validate(StrikeTable.Cost, "*", definition => definition with { Contract = definition.Contract with { MaximumZeroShare = 0.5 } })));
    }

    [Fact]
    public void Validate_CategoryWithALevelForEveryRow_OnlyWarns()
    {
        string path = parquet.Write("SELECT 'k' || range AS id, 'level' || range AS species, range % 2 AS label FROM range(1000000)");
        ModelDefinition definition = ScratchModels.With(
            new DataContract { Columns = Named("id", "species", "label") },
            new FeatureView { Key = "id", Inputs = [new InputColumn { Name = "species", Type = InputType.Category }] });

        ValidationReport report = SnapshotValidator.Validate(path, definition, previous: null, new DataLimits(), TestContext.Current.CancellationToken);

        ValidationFinding finding = Assert.Single(report.Findings, one => one.Rule == "levels");
        Assert.StartsWith("species: levels is about ", finding.Sentence, StringComparison.Ordinal);
        Assert.True(report.Accepted);
    }

    [Fact]
    public void Validate_InputThatGivesTheLabelAwayAlone_WarnsByName()
    {
        Assert.Equal(
            ["birds: leakage is an AUC of 0.990 for class 'Severe', expected at most .98 from one input alone; leave out what is known only after the event"],
            Sentences(Validate(StrikeTable.Damage, "* REPLACE ((if(damage = 'Severe', 50, 0) + if(damage <> 'Severe' AND id < 'k000006', 60, 0))::INTEGER AS birds)")));
        Assert.Equal(
            ["species: leakage is the class of 100.0% of the rows by its levels (33.3% are of the commonest class), expected at most .98 from one input alone; leave out what is known only after the event"],
            Sentences(Validate(StrikeTable.Damage, "* REPLACE ('was ' || damage AS species)")));
        Assert.Equal(
            ["speed: leakage is a Spearman correlation of 1.000 with the label, expected at most .98 from one input alone; leave out what is known only after the event"],
            Sentences(Validate(StrikeTable.Cost, "* REPLACE (exp(cost) AS speed)")));
        Assert.Equal(
            ["speed: leakage is a Spearman correlation of -1.000 with the label, expected at most .98 from one input alone; leave out what is known only after the event"],
            Sentences(Validate(StrikeTable.Cost, "* REPLACE (10 - cost AS speed)")));
    }

    [Fact]
    public void Validate_TextThatOrdersTheNumbers_WarnsByName()
    {
        Assert.Equal(
            ["species: leakage is a Spearman correlation of 1.000 between its levels' mean labels and the labels, expected at most .98 from one input alone; leave out what is known only after the event"],
            Sentences(Validate(StrikeTable.Cost, "* REPLACE ('paid ' || cost AS species)")));
        Assert.Empty(Sentences(Validate(StrikeTable.Cost, "* REPLACE (if(hash(id) % 3 = 0, species, 'paid ' || cost) AS species)")));
    }

    [Fact]
    public void Validate_InputThatIsMissingWhereTheLabelIsOneThing_WarnsByName()
    {
        Assert.Equal(
            ["speed: leakage is an AUC of 1.000 for class 'Severe' by where it is missing, expected at most .98 from one input alone; leave out what is known only after the event"],
            Sentences(Validate(StrikeTable.Damage, "* REPLACE (if(damage = 'Severe', NULL, hash(id) % 7)::DOUBLE AS speed)")));
        Assert.Equal(
            ["speed: leakage is a Spearman correlation of 1.000 of its gaps with the label, expected at most .98 from one input alone; leave out what is known only after the event"],
            Sentences(Validate(StrikeTable.Cost, "* REPLACE (if(cost > 0, NULL, 1 + hash(id) % 7) AS speed, if(cost > 0, 1, 0)::DOUBLE AS cost)")));
    }

    [Theory]
    [InlineData("absolute", null)]
    [InlineData("squared", "trainer: objective is one that learns medians, expected one that learns means, as gate.loss squared asks for; where labels are skewed the two are far apart")]
    public void Validate_TrainerUnderAGateOfAnotherStatistic_Warns(string loss, string? expected) => Assert.Equal(
        expected is null ? [] : [expected],
        Sentences(Validate(StrikeTable.Cost, "*", definition => definition with { Gate = new() { Loss = loss } })));

    [Fact]
    public void Validate_InputThatIsTheLabel_WarnsWhateverItsType()
    {
        Target warned = new Target.Binary { Label = "caused", Negative = "false", Positive = "true" };

        Assert.Equal(
            ["warned: leakage is an AUC of 1.000 for class 'true', expected at most .98 from one input alone; leave out what is known only after the event"],
            Sentences(Validate(warned, "*, warned AS caused")));
        Assert.Equal(
            ["birds: leakage is a Spearman correlation of 1.000 with the label, expected at most .98 from one input alone; leave out what is known only after the event"],
            Sentences(Validate(StrikeTable.Cost, "* REPLACE (cost::INTEGER AS birds)")));
    }

    [Fact]
    public void Validate_InputThatSaysMuchButNotAll_IsNoLeak() =>
        Assert.Empty(Sentences(Validate(StrikeTable.Damage, "* REPLACE (if(hash(id) % 4 = 0, species, 'was ' || damage) AS species)")));

    [Fact]
    public void Validate_ValueKnownAfterTheEvent_Warns()
    {
        ValidationReport report = Validate(
            StrikeTable.Damage, "*, happened + to_hours(if(id = 'k000007', 1, -1)) AS measured_at",
            definition => definition with
            {
                Features = definition.Features with { EventTime = "happened" },
                Contract = new DataContract { Columns = definition.Contract.Columns.SetItem("speed", new ColumnContract { Type = ColumnType.Number, MaximumNullRate = 1, KnownAt = "measured_at" }) },
            });

        ValidationFinding finding = Assert.Single(report.Findings, one => one.Rule == "knownAt");
        Assert.Equal("speed", finding.Subject);
        Assert.EndsWith("in 1 row", finding.Found, StringComparison.Ordinal);
        Assert.True(report.Accepted);
    }

    private void AssertOnlyError(Target target, string rows, string expected)
    {
        ValidationReport report = Validate(target, rows);

        Assert.Contains(expected, Errors(report));
        Assert.Single(report.Findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.Subject).Distinct());
    }

    private ValidationReport Validate(Target target, string rows, Func<ModelDefinition, ModelDefinition>? change = null)
    {
        string path = parquet.Write($"SELECT {rows} FROM ({StrikeTable.Rows})");
        return SnapshotValidator.Validate(
            path, (change ?? (definition => definition))(StrikeTable.Definition(target)), previous: null, new DataLimits(), TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Errors(ValidationReport report) =>
        report.Findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.Sentence);

    // The contract of these tests names no columns, which is a warning for each.
    private static IEnumerable<string> Sentences(ValidationReport report) => report.Findings.Where(finding => finding.Rule != "column").Select(finding => finding.Sentence);

    private static ImmutableSortedDictionary<string, ColumnContract> Named(params string[] names) => names.ToImmutableSortedDictionary(
        name => name, name => new ColumnContract { Type = name == "label" ? ColumnType.Integer : ColumnType.Text });
}
