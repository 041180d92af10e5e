using Lifecycle.Domain.Schemas;
using Lifecycle.Serving.Models;

namespace Lifecycle.Serving.Tests.Models;

public sealed class TextTrafficTests
{
    private static readonly InputSchema Text = new([new() { Name = "domain", Type = InputType.HostName }]);

    [Fact]
    public void Model_OfOneTextAndOneProbability_HasNoProblem() => Assert.Null(TextTraffic.ProblemOf("toy", Text, new Target.Binary()));

    [Fact]
    public void Model_ThatReadsATable_IsToldToBePredicted() => Assert.Equal(
        "the live model of toy reads place, x, at and answers a probability; batches and the prediction log hold one text a row and one probability an answer: "
        + "ask it with 'lifecycle predict toy --input FILE'",
        TextTraffic.ProblemOf("toy", TypedModels.Schema, new Target.Binary()));

    [Fact]
    public void Model_ThatAnswersOtherwise_SaysWhatItAnswers()
    {
        Assert.Contains("reads domain and answers a probability for each damage", TextTraffic.ProblemOf("toy", Text, TypedModels.Damage), StringComparison.Ordinal);
        Assert.Contains("reads domain and answers a number, delay", TextTraffic.ProblemOf("toy", Text, TypedModels.Delay), StringComparison.Ordinal);
    }
}
