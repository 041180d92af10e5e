using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Parity;

namespace Lifecycle.Models.Tests.OnnxModels;

public sealed class ParityCheckTests
{
    [Fact]
    public void Compare_SmallDifferences_HoldAndTellTheLargest()
    {
        var report = ParityCheck.Compare([0.5f, 0.25f], [0.5f, 0.25f + 4e-7f]);

        Assert.True(report.Holds);
        Assert.Equal(2, report.RowCount);
        Assert.InRange(report.MaximumDifference, 3e-7, 5e-7);
    }

    [Fact]
    public void Compare_OneRowApart_DoesNotHold() => Assert.False(ParityCheck.Compare([0.5f, 0.25f, 0.1f], [0.5f, 0.26f, 0.1f]).Holds);

    [Theory]
    [InlineData(float.NaN, 0.5f)]
    [InlineData(0.5f, float.NaN)]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    public void Compare_NotANumberAnywhere_DoesNotHold(float native, float onnx) =>
        Assert.False(ParityCheck.Compare([0.1f, native, 0.3f], [0.1f, onnx, 0.3f]).Holds);

    [Fact]
    public void Compare_NothingToCompare_IsRefused() => Assert.Throws<ArgumentException>(() => ParityCheck.Compare([], []));

    [Fact]
    public void Compare_RowsMissing_IsRefused() => Assert.Throws<ArgumentException>(() => ParityCheck.Compare([0.1f, 0.2f], [0.1f]));

    [Theory]
    [InlineData(0.5f, 0.50002f, ParityMeasure.Absolute, false)]
    [InlineData(5000f, 5000.02f, ParityMeasure.Scaled, true)] // 4e-6 of 5,000.
    [InlineData(5000f, 5000.2f, ParityMeasure.Scaled, false)]
    [InlineData(0.001f, 0.00100001f, ParityMeasure.Scaled, true)] // Below 1, the difference itself counts.
    [InlineData(0.001f, 0.00100001f, ParityMeasure.Relative, true)] // 1e-5 of it.
    [InlineData(0.001f, 0.0010002f, ParityMeasure.Relative, false)]
    [InlineData(0f, 0f, ParityMeasure.Relative, true)]
    [InlineData(1e20f, float.PositiveInfinity, ParityMeasure.Relative, false)]
    public void Compare_ByMeasure_TakesTheDifferenceThatItSays(float native, float onnx, ParityMeasure measure, bool holds)
    {
        ParityReport report = ParityCheck.Compare([native], [onnx], measure);

        Assert.Equal((holds, measure), (report.Holds, report.Measure));
    }

    [Fact]
    public void Compare_SmallSumOfLargeNumbers_IsHeldToTheScaleOfAll()
    {
        Assert.True(ParityCheck.Compare([1e6f, -1e6f, 0.1f], [1e6f, -1e6f, 0.2f], ParityMeasure.Scaled).Holds);
        Assert.False(ParityCheck.Compare([1, -1, 0.1f], [1, -1, 0.2f], ParityMeasure.Scaled).Holds);
    }

    [Fact]
    public void Compare_AnswersOfSeveralNumbers_CountsRows()
    {
        ParityReport report = ParityCheck.Compare(new Answers(2, [0.1f, 0.9f, 0.5f, 0.5f]), new Answers(2, [0.1f, 0.9f, 0.4f, 0.5f]), ParityMeasure.Absolute);

        Assert.Equal(2, report.RowCount);
        Assert.Equal(0.1, report.MaximumDifference, 1e-6);
    }
}
