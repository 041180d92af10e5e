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
}
