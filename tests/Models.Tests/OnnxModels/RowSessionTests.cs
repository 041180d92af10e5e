using Lifecycle.Models.Tests.Training;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Models.Tests.OnnxModels;

/// <summary>What the shipped graph itself does with inputs that the rules keep away from it.</summary>
public sealed class RowSessionTests
{
    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("..")]
    [InlineData("ÜBER.com")]
    public void Run_InputThatRulesRefuse_ScoresTheSameAloneAndInABatch(string text)
    {
        using RowSession session = Open();
        using SessionOutput alone = session.Run(text);
        using SessionOutput together = session.Run("example.com", text);

        Assert.Equal(alone.Values[0], together.Values[1]);
        Assert.InRange(alone.Values[0], 0f, 1f);
    }

    private static RowSession Open() => RowSession.OpenModel(
        TrainedModels.Export(TrainedModels.Model.Fragment), new ScorerOptions());
}
