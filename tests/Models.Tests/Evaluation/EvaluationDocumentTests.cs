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
    public void Read_WhatWasWritten_DrawsTheSamePageForEveryTask() => Assert.All(
        [Evaluations.Drawn(500), MulticlassTests.Drawn(500), Evaluations.DrawnNumbers(500), Evaluations.DrawnNumbers(500, "poisson")],
        input =>
        {
            byte[] written = Write(input);
            EvaluationDocument read = EvaluationDocument.Read(written);

            Assert.Equal(written, read.ToBytes());
            Assert.Equal(written, EvaluationDocument.Of(new(ModelEvaluator.Evaluate(input).Report, read.Curves()), input.Policy).ToBytes());
        });

    [Fact]
    public void Read_DocumentOfTheFirstFormat_StandsWhereTheNewMembersAre()
    {
        EvaluationDocument read = EvaluationDocument.Read("""
            {"format":"lifecycle-evaluation/1","bootstrap":{"samples":2000,"seed":20240607,"level":0.95},"modelBytes":207312,"parityDifference":4.1e-07,
             "models":{"challenger":{"modelDigest":"c","slices":{"all":{
                 "metrics":{"rowCount":17000,"positiveCount":12367,"balancedLogLoss":0.254,"logLoss":0.262,"areaUnderCurve":0.967,"averagePrecision":0.987,"calibrationError":0.049},
                 "calibration":[{"rowCount":1700,"share":0.1,"predicted":0.062,"observed":0.011,"lower":0.007,"upper":0.017}],
                 "gain":[{"taken":0,"found":0},{"taken":0.02,"found":0.0275}]},
               "none":{"metrics":{"rowCount":3,"positiveCount":3,"balancedLogLoss":0.2,"logLoss":0.2}}}},
               "reference":{"modelDigest":"constant 0.5","slices":{}}},
             "comparisons":[{"against":"reference","slice":"all","difference":-0.1857,"lower":-0.1928,"upper":-0.1786,"otherLoss":0.4397,"positiveClusters":12367,"negativeClusters":4633}]}
            """u8);

        SliceMetrics all = read.Models["challenger"].Slices["all"].Metrics;
        Assert.Equal((0.254, 0.967), (all.Loss, all.Find(Figure.AreaUnderCurve)));
        Assert.Equal([4633, 12367], all.ClassRows);
        Assert.Equal([4633, 12367], read.Comparisons[0].Clusters);
        Assert.Equal(["all"], read.Curves().Challenger.Keys);
        Assert.Equal(0.0275, read.Curves().Challenger["all"].Gain[1].Found);
        Assert.Null(read.Loss);
    }

    [Fact]
    public void Read_AnotherFormat_IsRefused() => Assert.Contains(
        "expected lifecycle-evaluation/2",
        Assert.Throws<JsonException>(() => EvaluationDocument.Read(Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(Write(Evaluations.Drawn(50))).Replace("lifecycle-evaluation/2", "lifecycle-evaluation/9", StringComparison.Ordinal)))).Message,
        StringComparison.Ordinal);

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
