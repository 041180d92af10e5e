using Lifecycle.Models.Tests.Training;
using Lifecycle.OnnxModels.Scoring;
using Microsoft.ML.OnnxRuntime;

namespace Lifecycle.Models.Tests.OnnxModels;

/// <summary>What the shipped graph itself does with inputs that the rules keep away from it, and that a session's calls do not see each other's texts.</summary>
public sealed class RowSessionTests
{
    private static readonly byte[] Model = TrainedModels.Export(TrainedModels.Model.Fragment);

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("..")]
    [InlineData("ÜBER.com")]
    public void Run_InputThatRulesRefuse_ScoresTheSameAloneAndInABatch(string text)
    {
        using RowSession session = Open();

        float alone = session.Run(text);

        Assert.Equal(Together("example.com", text)[1], alone);
        Assert.InRange(alone, 0f, 1f);
    }

    [Fact]
    public void Run_ByManyThreadsAtOnce_AnswersEachWithItsOwn()
    {
        string[] texts = [.. Enumerable.Range(0, 400).Select(row => TrainedModels.Rows[row].Input)];
        float[] expected = Together(texts);
        using RowSession session = Open();

        Parallel.For(0, 8 * texts.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, call => Assert.Equal(expected[call % texts.Length], session.Run(texts[call % texts.Length])));
    }

    private static float[] Together(params string[] texts)
    {
        using InferenceSession session = new(Model);
        using OrtValue input = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [texts.Length, 1]);
        foreach ((int row, string text) in texts.Index())
        {
            input.StringTensorSetElementAt(text, row);
        }

        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> answers = session.Run(options, session.InputNames, [input], session.OutputNames);
        return answers[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static RowSession Open() => RowSession.OpenModel(Model, new ScorerOptions());
}
