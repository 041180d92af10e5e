using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.References;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Models.Tests.Evaluation;

public sealed class ReferenceModelTests
{
    private static readonly Target.Binary TwoClasses = new();
    private static readonly Target.Multiclass ThreeClasses = new() { Classes = ["a", "b", "c"] };
    private static readonly Target.Regression Number = new();
    private static readonly ReferenceModelDefinition ByRoute = new() { Groups = [["from", "to"], ["from"], []] };

    [Fact]
    public void Score_LookupOfTwoClasses_AnswersWhatIsKnownAndHalvesTheRest()
    {
        ReferenceModel reference = Fit(new() { LookupColumn = "known", Confidence = 0.75 }, TwoClasses, "balancedLogLoss");

        ScoredModel scored = reference.Score(Rows([0, 0, 0]) with { Lookups = [1, 0, double.NaN] });

        Assert.Equal([0.75f, 0.25f, 0.5f], scored.Answers.Values);
        Assert.Equal("lookup of known with confidence 0.75, else 0.5", scored.ModelDigest);
    }

    [Fact]
    public void Score_NothingDefined_IsTheConstantThatLosesLeast()
    {
        ScoredModel scored = Fit(new(), TwoClasses, "balancedLogLoss").Score(Rows([0, 0]) with { Lookups = [1, double.NaN] });

        Assert.Equal([0.5f, 0.5f], scored.Answers.Values);
        Assert.Equal("constant 0.5", scored.ModelDigest);
        Assert.Equal([0.25f], Fit(new(), TwoClasses, "logLoss", Rows([1, .. Enumerable.Repeat(0.0, 3)])).Score(Rows([0])).Answers.Values, Nearly(0.04f));
    }

    [Fact]
    public void Score_LookupOfSeveralClasses_SpreadsTheRest() => Assert.Equal(
        [0.05f, 0.9f, 0.05f],
        Fit(new() { LookupColumn = "known", Confidence = 0.9 }, ThreeClasses, "balancedLogLoss").Score(Rows([0]) with { Lookups = [1] }).Answers.Values,
        Nearly(1e-6f));

    [Fact]
    public void Score_ClassSharesByGroup_AreThoseOfTheTrainingRowsAndNeverZero()
    {
        RowSet training = Flights(("A", "B", 0), ("A", "B", 0), ("A", "B", 1), ("C", "B", 2));

        ImmutableArray<float> answers = Fit(ByRoute, ThreeClasses, "logLoss", training).Score(Flights(("A", "B", 0), ("C", "X", 0), ("Y", "Y", 0))).Answers.Values;

        // Whole shares with half a row for each class: 2.5, 1.5 and 1.5 of 5.5; one row's worth of them goes to each group.
        Assert.Equal([2.4545f / 4, 1.2727f / 4, 0.2727f / 4], answers[..3], Nearly(1e-4f));
        Assert.Equal([0.4545f / 2, 0.2727f / 2, 1.2727f / 2], answers[3..6], Nearly(1e-4f));
        Assert.Equal([0.4545f, 0.2727f, 0.2727f], answers[6..], Nearly(0.05f));
    }

    [Fact]
    public void Score_FirstGroupThatWasSeen_Answers()
    {
        RowSet training = Flights(("A", "B", 10), ("A", "B", 30), ("A", "C", 50), ("D", null, 100), ("D", null, 200));
        RowSet asked = Flights(("A", "B", 0), ("A", "X", 0), ("D", null, 0), ("Z", "B", 0));

        ScoredModel median = Fit(ByRoute, Number, "absolute", training).Score(asked);

        Assert.Equal([20f, 30f, 150f, 50f], median.Answers.Values);
        Assert.Equal("median of the training rows by from and to, else from, else all", median.ModelDigest);
        Assert.Equal([20f, 30f, 150f, 78f], Fit(ByRoute, Number, "squared", training).Score(asked).Answers.Values);
        Assert.Equal("mean of the training rows", Fit(new() { Statistic = ReferenceStatistic.Mean }, Number, "absolute", training).Description);
    }

    [Fact]
    public void Score_BinsOfANumber_GroupByEdgesThatBelongToTheBinBelow()
    {
        ReferenceModelDefinition byDistance = new() { Groups = [[new GroupColumn("km", new() { Column = "km", Edges = [500, 1000] })]], Statistic = ReferenceStatistic.Mean };
        RowSet training = Distances((500, 10), (499, 20), (501, 100), (1000, 200), (5000, 7), (null, 3));

        ScoredModel scored = Fit(byDistance, Number, "squared", training).Score(Distances((-1, 0), (500, 0), (1000, 0), (1001, 0), (null, 0)));

        Assert.Equal([15f, 15f, 150f, 7f, 3f], scored.Answers.Values);
        Assert.Equal("mean of the training rows by km in 3 bins, else all", scored.ModelDigest);
    }

    [Fact]
    public void Score_BinsOfEqualMass_AreFittedOnTheTrainingRows()
    {
        ReferenceModelDefinition byDistance = new() { Groups = [[new GroupColumn("km", new() { Column = "km", Bins = 2 })]] };
        RowSet training = Distances((1, 10), (2, 20), (3, 100), (4, 200));

        Assert.Equal([15f, 15f, 150f, 150f], Fit(byDistance, Number, "absolute", training).Score(Distances((0, 0), (2, 0), (2.5f, 0), (99, 0))).Answers.Values);
    }

    [Fact]
    public void Score_QuantileOfItsOwnLevel_IsTakenWhateverTheLoss()
    {
        ReferenceModel reference = Fit(new() { Statistic = ReferenceStatistic.Quantile, Level = 0.25 }, Number, "absolute", Rows([1, 2, 3, 4, 5]));

        Assert.Equal([2f], reference.Score(Rows([0])).Answers.Values);
        Assert.Equal("quantile at 0.25 of the training rows", reference.Description);
    }

    [Fact]
    public void Fit_GroupsOfATextColumn_DoNotAskForCase()
    {
        RowSet Paths(params (string Path, double Label)[] rows) => new()
        {
            Inputs = InputRows.OfTexts(new InputSchema([new() { Name = "path", Type = InputType.Text }]), rows.Select(row => row.Path)),
            Labels = [.. rows.Select(row => row.Label)],
        };

        Assert.Equal([6f], Fit(new() { Groups = [["path"]] }, Number, "squared", Paths(("/A", 4), ("/a", 8), ("/b", 100))).Score(Paths(("/a", 0))).Answers.Values);
    }

    [Fact]
    public void Score_PinballLoss_TakesItsQuantile() => Assert.Equal(
        [91f], Fit(new(), Number, "pinball(0.9)", Rows([.. Enumerable.Range(1, 100).Select(value => (double)value)])).Score(Rows([0])).Answers.Values, Nearly(0.51f));

    [Fact]
    public void Score_Weights_CountRowsAsOften() => Assert.Equal(
        [2.5f], Fit(new(), Number, "squared", Rows([1, 3]) with { Weights = [1, 3] }).Score(Rows([0])).Answers.Values);

    [Fact]
    public void Score_RowsInAnyOrder_GiveTheSameAnswers()
    {
        RowSet training = Flights(("A", "B", 10), ("C", "B", 5), ("A", "B", 30), ("A", "C", 50));
        RowSet turned = Flights(("A", "C", 50), ("A", "B", 30), ("C", "B", 5), ("A", "B", 10));

        Assert.Equal(Fit(ByRoute, Number, "absolute", training).Score(training).Answers.Values.Order(), Fit(ByRoute, Number, "absolute", turned).Score(turned).Answers.Values.Order());
    }

    [Fact]
    public void Score_LookupOfNumbers_AnswersThem() => Assert.Equal(
        [7f, 2f], Fit(new() { LookupColumn = "last" }, Number, "absolute", Rows([1, 2, 3])).Score(Rows([0, 0]) with { Lookups = [7, double.NaN] }).Answers.Values);

    [Theory]
    [InlineData("tweedie(1.5)")]
    [InlineData("poisson")]
    public void Fit_MedianForADevianceOfTheMean_IsRefused(string loss) =>
        Assert.Contains("is median, but", Refused(new() { Statistic = ReferenceStatistic.Median }, Number, loss), StringComparison.Ordinal);

    [Theory]
    [InlineData("quantile", null, "absolute", "add 'level', such as 0.9")]
    [InlineData("median", 0.3, "absolute", "'reference.statistic' is not quantile")]
    [InlineData(null, 0.3, "absolute", "'reference.statistic' is not quantile")]
    [InlineData("quantile", 0.3, "poisson", "'reference.statistic' is quantile, but")]
    public void Fit_LevelThatDoesNotFit_IsRefused(string? statistic, double? level, string loss, string expected) => Assert.Contains(
        expected, Refused(new() { Statistic = statistic is null ? null : Enum.Parse<ReferenceStatistic>(statistic, ignoreCase: true), Level = level }, Number, loss), StringComparison.Ordinal);

    [Fact]
    public void Fit_BinsOfWhatIsNoNumber_IsRefused() => Assert.Contains(
        "bins 'from', which is no number", Refused(new() { Groups = [[new GroupColumn("from", new() { Column = "from", Bins = 3 })]] }, Number, "absolute"), StringComparison.Ordinal);

    [Fact]
    public void Fit_StatisticOfClasses_IsRefused() =>
        Assert.Contains("the target has classes", Refused(new() { Statistic = ReferenceStatistic.Mean }, ThreeClasses, "logLoss"), StringComparison.Ordinal);

    [Fact]
    public void Fit_ColumnThatIsNoInput_NamesTheInputs() => Assert.Contains(
        "names column 'carrier', which is no input of the model; its inputs are from, to", Refused(new() { Groups = [["carrier"]] }, Number, "absolute"), StringComparison.Ordinal);

    [Fact]
    public void Fit_NoTrainingRows_SaysThatThereAreNone() => Assert.Contains(
        "there are none", Assert.Throws<ArgumentException>(() => ReferenceModel.Fit(new(), Number, Loss.Parse("absolute"), null)).Message, StringComparison.Ordinal);

    private static string Refused(ReferenceModelDefinition definition, Target target, string loss) =>
        Assert.Throws<ArgumentException>(() => Fit(definition, target, loss, Flights(("A", "B", 1)))).Message;

    private static ReferenceModel Fit(ReferenceModelDefinition definition, Target target, string loss, RowSet? training = null) =>
        ReferenceModel.Fit(definition, target, Loss.Parse(loss), training);

    private static RowSet Rows(double[] labels) => new() { Inputs = new InputRows(new InputSchema([]), []), Labels = [.. labels] };

    private static RowSet Flights(params (string From, string? To, double Label)[] rows) => new()
    {
        Inputs = new InputRows(
            new InputSchema([new() { Name = "from", Type = InputType.Category }, new() { Name = "to", Type = InputType.Category, Nullable = true }]),
            [new InputValues.Texts([.. rows.Select(row => row.From)]), new InputValues.Texts([.. rows.Select(row => row.To)])]),
        Labels = [.. rows.Select(row => row.Label)],
    };

    private static RowSet Distances(params (float? Distance, double Label)[] rows) => new()
    {
        Inputs = new InputRows(
            new InputSchema([new() { Name = "km", Type = InputType.Number, Nullable = true }]), [new InputValues.Numbers([.. rows.Select(row => row.Distance ?? float.NaN)])]),
        Labels = [.. rows.Select(row => row.Label)],
    };

    private static Func<float, float, bool> Nearly(float tolerance) => (one, other) => Math.Abs(one - other) <= tolerance;
}
