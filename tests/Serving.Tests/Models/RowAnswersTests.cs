using System.Text;
using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Serving.Models;

namespace Lifecycle.Serving.Tests.Models;

public sealed class RowAnswersTests
{
    [Fact]
    public void Row_OfEachTarget_IsAnsweredInItsOwnForm()
    {
        Assert.Equal(new Prediction.OfNumber(12.5f, "minutes"), Ask(TypedModels.Regression(), "place=JFK", "x=12.5").Prediction);
        Assert.Equal(new Prediction.OfPositive(0.25f), Ask(TypedModels.Binary(), "place=JFK", "x=0.25").Prediction);
        Prediction.OfClasses damage = Assert.IsType<Prediction.OfClasses>(Ask(TypedModels.Multiclass(), "place=JFK", "x=0.75").Prediction);
        Assert.Equal("Minor", damage.Label);
        Assert.Equal([("None", 0.25f), ("Minor", 0.75f)], damage.Probabilities.Select(one => (one.Key, one.Value)));
    }

    [Theory]
    [InlineData("x=0.1", "0")]
    [InlineData("x=0.2", "1")]
    [InlineData("x=0.9", "1")]
    public void Row_OfAFileThatDecides_NeedsNoDefinitionToSayForWhat(string value, string decision)
    {
        byte[] file = TypedModels.Binary(new() { Costs = new() { FalsePositive = 1, FalseNegative = 4 } });

        Assert.Equal(decision, Assert.IsType<Prediction.OfPositive>(Ask(file, "place=JFK", value).Prediction).Decision);
        Assert.Contains($"\"decision\":\"{decision}\"", JsonSerializer.Serialize(Ask(file, "place=JFK", value), DomainJson.Compact), StringComparison.Ordinal);
    }

    [Fact]
    public void File_WhoseDecisionCannotBe_IsRefused() => Assert.Contains(
        "expected a decision from a probability between 0 and 1 on",
        Assert.Throws<InvalidOnnxModelException>(() => new OnnxScorer(TypedModels.Binary(new() { Threshold = 1.5 }))).Message, StringComparison.Ordinal);

    [Fact]
    public void Row_OfAModelWithIntervals_IsAnsweredWithItsInterval()
    {
        AnsweredRow answer = Ask(TypedModels.Within(), "place=JFK", "x=12.5");

        Assert.Equal(new Prediction.OfNumber(12.5f, "minutes") { Interval = new PredictionInterval(11.5f, 14.5f, 0.9) }, answer.Prediction);
        Assert.Contains("\"value\":12.5,\"unit\":\"minutes\",\"interval\":{\"lower\":11.5,\"upper\":14.5,\"coverage\":0.9}", JsonSerializer.Serialize(answer, DomainJson.Compact), StringComparison.Ordinal);
    }

    [Fact]
    public void Row_WithAMissingValue_IsAnsweredWhereOneMayBeMissing() =>
        Assert.Equal(new Prediction.OfNumber(0, "minutes"), Ask(TypedModels.Regression(), "place=JFK").Prediction);

    [Theory]
    [InlineData("x", "x=101", "place=JFK")]
    [InlineData("x", "x=-100.5", "place=JFK")]
    [InlineData("place", "place=a\u0007b", "x=1")]
    public void Row_OutOfItsColumnsBounds_IsRefusedByTheModel(string column, params string[] values)
    {
        AnsweredRow answer = Ask(TypedModels.Regression(), values);
        Assert.Null(answer.Prediction);
        Assert.Contains($"column '{column}'", answer.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusedRows_OfBothKinds_LeaveTheOthersAloneAndKeepTheOrder()
    {
        AnsweredRow[] answers = [.. await AskAsync(TypedModels.Regression(), "place,x,at\nJFK,1,\nATL,far,\nLAX,500,\nSFO,4,2001-06-20T00:00:00Z\n,5,\n")];

        Assert.Equal([2L, 3L, 4L, 5L, 6L], answers.Select(answer => answer.Line));
        Assert.Equal(["JFK", "ATL", "LAX", "SFO", null], answers.Select(answer => answer.Given[0]));
        Assert.Equal([1f, null, null, 4f, null], answers.Select(answer => (answer.Prediction as Prediction.OfNumber)?.Value));
        Assert.Contains("column 'x' holds 'far'; expected a number", answers[1].Refusal, StringComparison.Ordinal);
        Assert.Contains("column 'x' is 500; expected", answers[2].Refusal, StringComparison.Ordinal);
        Assert.Contains("column 'place' has no value", answers[4].Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void TypedRows_AreAnsweredOrRefusedOneByOne()
    {
        using OnnxScorer scorer = new(TypedModels.Regression());
        ModelAnswers answers = new RowAnswers(scorer).Answer(new InputRows(TypedModels.Schema,
        [
            new InputValues.Texts(["JFK", "ATL", "LAX"]), new InputValues.Numbers([1, 500, float.NaN]), new InputValues.Integers([0, 0, 0], [false, false, true]),
        ]));
        Assert.Equal([1f, 0f], answers.Answers.Values);
        Assert.Equal([true, false, true], answers.Refusals.Select(refusal => refusal is null));
    }

    [Fact]
    public async Task Answers_AsJson_HoldTheRowTheAnswerAndNothingElse()
    {
        string json = Json(await AskAsync(TypedModels.Regression(), "place,x,at\nJFK,12.5,2001-06-20T00:00:00Z\nATL,far,\n"));
        Assert.Equal(
            """[{"line":2,"inputs":{"place":"JFK","x":"12.5","at":"2001-06-20T00:00:00Z"},"value":12.5,"unit":"minutes"},"""
            + """{"line":3,"inputs":{"place":"ATL","x":"far"},"refusal":"column 'x' holds 'far'; expected a number such as 12.5"}]""",
            json);
        Assert.Equal(
            """[{"inputs":{"place":"JFK","x":"0.75"},"label":"Minor","probabilities":{"None":0.25,"Minor":0.75}}]""",
            Json([Ask(TypedModels.Multiclass(), "place=JFK", "x=0.75")]));
    }

    [Fact]
    public void Answer_OfAModelOfOneText_KeepsItsJson()
    {
        AnsweredRow row = new(new InputSchema([new() { Name = "domain", Type = InputType.HostName }]), ["Gmail.com"])
        {
            Scored = "gmail.com", Prediction = new Prediction.OfPositive(0.5f),
        };
        Assert.Equal("""[{"input":"Gmail.com","scored":"gmail.com","probability":0.5}]""", Json([row]));
        Assert.Equal("""[{"input":"Gmail.com","refusal":"no"}]""", Json([row with { Scored = null, Prediction = null, Refusal = "no" }]));
    }

    private static string Json(IEnumerable<AnsweredRow> rows) => JsonSerializer.Serialize(rows, DomainJson.Compact);

    private static AnsweredRow Ask(byte[] model, params string[] values)
    {
        using OnnxScorer scorer = new(model);
        return Assert.Single(new RowAnswers(scorer).Of(InputFile.OfValues(scorer.Schema, values)));
    }

    private static async Task<IEnumerable<AnsweredRow>> AskAsync(byte[] model, string csv)
    {
        using OnnxScorer scorer = new(model);
        using MemoryStream content = new(Encoding.UTF8.GetBytes(csv));
        return new RowAnswers(scorer).Of(await InputFile.ReadAsync(content, "standard input", scorer.Schema, [], TestContext.Current.CancellationToken));
    }
}
