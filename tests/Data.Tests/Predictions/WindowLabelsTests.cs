using Lifecycle.Data.Predictions;
using static Lifecycle.Data.Tests.Predictions.LogScratch;

namespace Lifecycle.Data.Tests.Predictions;

public sealed class WindowLabelsTests : IDisposable
{
    private const int TwoMonths = 24 * 60;

    private readonly LogScratch scratch = new();

    [Fact]
    public void Label_ThatComesTwoMonthsLater_IsJoinedWhenTheWindowIsReadAgain()
    {
        scratch.Add(Row("a", 1), Row("b", 2)).Add(Label("a", 1, TwoMonths));
        Assert.Equal(0, scratch.Read().LabelledCount);
        Assert.Equal(0, scratch.Read(Day.AddHours(TwoMonths)).LabelledCount);
        Assert.Equal(1, scratch.Read(Day.AddHours(TwoMonths + 1)).LabelledCount);
        Assert.Equal(["1", "null"], scratch.Values("label::INTEGER"));
    }

    [Fact]
    public void Label_GivenTwice_CountsAsItWasKnownLast()
    {
        scratch.Add(Row("a", 1)).Add(Label("a", 1, 3), Label("a", 0, 5)).Add(Label("a", 1, 4)).Read();
        Assert.Equal(["0 2024-03-01 05:00:00"], scratch.Values("label::INTEGER || ' ' || label_known_time"));
    }

    [Fact]
    public void Label_OfAnInput_BelongsToEveryRequestWithIt()
    {
        PredictionRow[] rows = [Row("a", 1) with { Input = "mail.example" }, Row("b", 2) with { Input = "mail.example" }, Row("c", 3)];
        scratch.Add(rows).Add(Label(null, 1, 5, "mail.example")).Read();
        Assert.Equal(["1", "1", "null"], scratch.Values("label::INTEGER"));
    }

    [Theory]
    [InlineData(5, 6, "0")]
    [InlineData(6, 5, "1")]
    [InlineData(5, 5, "1")]
    public void Labels_OfARequestAndOfItsInput_TheOneKnownLastCounts_AndTheRequestsOnATie(double request, double input, string label)
    {
        scratch.Add(Row("a", 1)).Add(Label("a", 1, request), Label(null, 0, input, "a.example")).Read();
        Assert.Equal([label], scratch.Values("label::INTEGER"));
    }

    [Fact]
    public void Labels_OfTheSameMoment_AreDecidedTheSameWay_InAnyOrder()
    {
        scratch.Add(Row("a", 1)).Add(Label("a", 0, 3)).Add(Label("a", 1, 3));
        WindowParts parts = scratch.Parts();
        WindowRows rows = scratch.Read();
        Assert.Equal(rows, scratch.Read(parts: parts with { Labels = [.. parts.Labels.Reverse()] }));
    }

    public void Dispose() => scratch.Dispose();
}
