using System.Text;
using System.Text.Json;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Reports;

namespace Lifecycle.Models.Tests.Evaluation;

public sealed class EvaluationDocumentTests
{
    private static byte[] Write(EvaluationInput input) => EvaluationDocument.Of(ModelEvaluator.Evaluate(input), input.Policy).ToBytes();

    [Fact]
    public void ToBytes_SameEvaluationOnASlowerMachine_GivesTheSameBytes()
    {
        EvaluationInput input = Evaluations.Drawn(500);

        Assert.Equal(Write(input), Write(input with { Latency = new LatencyReport(10, 9999, 99999) }));
    }

    [Fact]
    public void ToBytes_FigureDiffersInTheLastBits_GivesTheSameBytes()
    {
        EvaluationInput input = Evaluations.Drawn(500) with { ParityDifference = 1.00000000001e-7 };

        Assert.Equal(Write(input), Write(input with { ParityDifference = 1.00000000002e-7 }));
    }

    [Fact]
    public void ToBytes_Evaluation_HoldsModelsCurvesAndComparisons()
    {
        EvaluationInput input = Evaluations.Drawn(500);
        using JsonDocument document = JsonDocument.Parse(Write(input.WithSlice("positives", input.Positives())));
        JsonElement root = document.RootElement;
        JsonElement slices = root.GetProperty("models").GetProperty("champion").GetProperty("slices");

        Assert.Equal("lifecycle-evaluation/2", root.GetProperty("format").GetString());
        Assert.Equal(400, root.GetProperty("bootstrap").GetProperty("samples").GetInt32());
        Assert.Equal(4, root.GetProperty("comparisons").GetArrayLength());
        Assert.Equal(51, slices.GetProperty("all").GetProperty("gain").GetArrayLength());
        Assert.Equal(10, slices.GetProperty("all").GetProperty("calibration").GetArrayLength());
        Assert.False(slices.GetProperty("positives").TryGetProperty("gain", out _));
    }

    [Fact]
    public void ToBytes_Figures_HaveNineDigits()
    {
        string json = Encoding.UTF8.GetString(Write(Evaluations.Input([true, false, false], [0.9f, 0.2f, 0.1f])));

        Assert.Contains("\"difference\":-0.5583", json, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"[1-9]\d*\.\d{10,}|0\.0*[1-9]\d{9,}", json);
    }

    [Fact]
    public void ToBytes_NaN_IsRefused()
    {
        EvaluationInput input = Evaluations.Drawn(100) with { ParityDifference = double.NaN };

        Assert.Throws<ArgumentException>(() => Write(input));
    }
}
