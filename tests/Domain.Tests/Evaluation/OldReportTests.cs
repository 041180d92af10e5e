using System.Text.Json;
using Lifecycle.Domain.Evaluation;

namespace Lifecycle.Domain.Tests.Evaluation;

/// <summary>Reports from the time when every model was of two classes read and are judged as they were then.</summary>
public sealed class OldReportTests
{
    private const string Written = """
        {"challenger":{"modelDigest":"c","slices":{"all":{"rowCount":1000,"positiveCount":400,"balancedLogLoss":0.3,"logLoss":0.31,"areaUnderCurve":0.91,"averagePrecision":0.88,"calibrationError":0.02},
          "providers":{"rowCount":50,"positiveCount":0,"balancedLogLoss":0.2,"logLoss":0.2}}},
         "reference":{"modelDigest":"constant 0.5","slices":{"all":{"rowCount":1000,"positiveCount":400,"balancedLogLoss":0.69,"logLoss":0.69,"areaUnderCurve":0.5,"averagePrecision":0.4,"calibrationError":0}}},
         "comparisons":[{"against":"reference","slice":"all","difference":-0.39,"lower":-0.41,"upper":-0.37,"otherLoss":0.69,"positiveClusters":380,"negativeClusters":590}],
         "modelBytes":200000,"latency":{"rows":1000,"medianMicroseconds":20,"p99Microseconds":40},"parityDifference":1e-7}
        """;

    private static readonly EvaluationReport Report = JsonSerializer.Deserialize<EvaluationReport>(Written, DomainJson.Compact)!;

    [Fact]
    public void LossTitle_OfAReport_IsItsLossInWords()
    {
        Assert.Equal("balanced log loss", Report.LossTitle);
        Assert.Equal("absolute error", (Report with { Loss = "absolute" }).LossTitle);
        Assert.Equal("cubic", (Report with { Loss = "cubic" }).LossTitle);
        Assert.DoesNotContain("title", JsonSerializer.Serialize(Report with { Figures = [] }, DomainJson.Compact), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Judge_CalibrationThatSaysNoLevel_IsJudgedByItsOwnIntervalsOf95Percent()
    {
        CalibrationEvidence evidence = JsonSerializer.Deserialize<CalibrationEvidence>(
            """
            {"total":{"rowCount":100,"share":1,"predicted":2,"observed":2,"lower":1.9,"upper":2.1},
             "bins":[{"rowCount":100,"share":1,"predicted":2.6,"observed":2,"lower":1.9,"upper":2.1}],"labelDeviation":1}
            """,
            DomainJson.Compact)!;

        BlessingReason reason = Gate.Judge(Report with { Loss = "squared", Classes = [], Calibration = [evidence] }, new GatePolicy()).Reasons.Single(found => found.Rule == "calibration");

        Assert.Equal(0.95, evidence.Level);
        Assert.Equal(BlessingVerdict.Refused, reason.Verdict);
        Assert.Contains("2 was seen, 95% interval [1.9, 2.1]: broken.", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_IntervalsThatHoldTogether_SaysTheirLevel()
    {
        CalibrationBin bin = new(100, 1, 2, 2, 1.9, 2.1);
        CalibrationEvidence evidence = new() { Total = bin, Bins = [bin], LabelDeviation = 1, Level = 1 - (0.05 / 44) };

        Assert.Contains(
            Gate.Judge(Report with { Loss = "squared", Classes = [], Calibration = [evidence] }, new GatePolicy()).Reasons,
            reason => reason.Sentence.Contains("2 was seen, 99.8864% interval [1.9, 2.1]", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_OldMembers_StandWhereTheNewOnesAre()
    {
        SliceMetrics all = Report.Challenger.Slices["all"];

        Assert.Null(Report.Loss);
        Assert.Equal(["0", "1"], Report.Classes);
        Assert.Equal((1000, 0.3), (all.RowCount, all.Loss));
        Assert.Equal([600, 400], all.ClassRows);
        Assert.Equal((0.3, 0.31, 0.91), (all.Find("balancedLogLoss"), all.Find("logLoss"), all.Find(Figure.AreaUnderCurve)));
        Assert.Null(Report.Challenger.Slices["providers"].Find(Figure.AreaUnderCurve));
        Assert.Equal([590, 380], Report.Comparisons[0].Clusters);
    }

    [Fact]
    public void Judge_OldReport_SaysWhatItAlwaysSaid() => Assert.Equal(
        [
            ("figures are numbers", "Every figure of the report is a finite number."),
            ("enough evidence", "The rarer class of slice 'all' has 400 rows in 380 clusters; at least 100 rows in 30 clusters are asked for."),
            ("better than champion", "There is no champion yet; the reference model alone is the measure."),
            ("better than reference", "On 'all' the balanced log loss is 0.3000 against the reference's 0.6900: difference −0.3900, 95% interval [−0.4100, −0.3700]. All of it is below 0: better."),
            ("area under curve", "AUC on 'all' is 0.910; at least 0.600 is asked for."),
            ("model size", "The model file has 200,000 bytes; at most 600,000 are allowed."),
            ("latency", "A single row takes 20.0 µs in the median of 1,000 predictions; at most 1,000 µs are allowed."),
            ("parity", "The exported graph differs from the trained model by at most 1.0e-7; up to 1.0e-5 is allowed."),
        ],
        Gate.Judge(Report, new GatePolicy()).Reasons.Select(reason => (reason.Rule, reason.Sentence)));

    [Fact]
    public void Write_ThenRead_GivesTheSameReport()
    {
        string written = JsonSerializer.Serialize(Report, DomainJson.Compact);
        string again = JsonSerializer.Serialize(JsonSerializer.Deserialize<EvaluationReport>(written, DomainJson.Compact), DomainJson.Compact);

        Assert.Equal(written, again);
        Assert.DoesNotContain("positiveCount", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"rowCount":10}""", "loss")]
    [InlineData("""{"loss":1}""", "rowCount")]
    [InlineData("""{"rowCount":10,"loss":null,"balancedLogLoss":null}""", "loss")]
    public void Read_MeasurementsWithoutALossOrRows_AreRefused(string json, string member) =>
        Assert.Contains(member, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SliceMetrics>(json, DomainJson.Compact)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_ComparisonWithoutClusters_IsRefused() => Assert.Contains(
        "clusters",
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PairedComparison>(
            """{"against":"reference","slice":"all","difference":0,"lower":0,"upper":0,"otherLoss":1}""", DomainJson.Compact)).Message,
        StringComparison.Ordinal);
}
