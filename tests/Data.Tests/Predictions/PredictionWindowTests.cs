using Lifecycle.Data.Predictions;
using static Lifecycle.Data.Tests.Predictions.LogScratch;

namespace Lifecycle.Data.Tests.Predictions;

public sealed class PredictionWindowTests : IDisposable
{
    private readonly LogScratch scratch = new();

    [Fact]
    public void Window_HoldsEventsFromItsBeginning_UpToItsEnd()
    {
        scratch.Add(Row("before", -0.001), Row("first", 0), Row("last", 23.999), Row("after", 24)).Read();
        Assert.Equal(["first", "last"], scratch.Values("request_id"));
    }

    [Fact]
    public void Window_AsItClosed_LeavesOutWhatWasKnownLater_AndCountsIt()
    {
        WindowRows closed = scratch.Add(Row("in-time", 23, 25.99), Row("late", 23, 26), Row("later", 23, 90)).Read();
        Assert.Equal((1, 0, 2), (closed.RowCount, closed.LateCount, closed.LaterCount));
    }

    [Fact]
    public void Window_ReadAgainLater_HoldsLateRows_AndMarksThem()
    {
        WindowRows again = scratch.Add(Row("in-time", 23, 25.99), Row("late", 23, 26), Row("later", 23, 90)).Read(Day.AddHours(27));
        Assert.Equal((2, 1, 1), (again.RowCount, again.LateCount, again.LaterCount));
        Assert.Equal(["false", "true"], scratch.Values("is_late"));
    }

    [Fact]
    public void Window_OfARequestLoggedTwice_HoldsItOnce_AsItWasKnownFirst()
    {
        WindowRows rows = scratch
            .Add(Row("a", 3, 8) with { Prediction = 0.9f })
            .Add(Row("a", 3, 5) with { Prediction = 0.1f }, Row("b", 3))
            .Read();
        Assert.Equal((2, 1), (rows.RowCount, rows.RepeatedCount));
        Assert.Equal(["0.1", "0.5"], scratch.Values("prediction"));
    }

    [Fact]
    public void Window_OfTheSamePartsInAnotherOrder_HasTheSameBytes()
    {
        for (int part = 0; part < 8; part++)
        {
            scratch.Add([.. Enumerable.Range(0, 300).Select(i => Row($"r{(i * 7) + part}", i % 24) with { Prediction = part / 8f })]);
        }

        scratch.Add([.. Enumerable.Range(0, 300).Select(i => Label($"r{i}", i % 2, 20))]);
        WindowRows rows = scratch.Read();
        WindowParts parts = scratch.Parts();
        WindowParts reversed = new([.. parts.Predictions.Reverse()], [.. parts.Labels.Reverse()]);
        Assert.Equal(rows, scratch.Read(parts: reversed));
        Assert.True(rows.RepeatedCount > 0);
    }

    [Fact]
    public void Window_ReadAsRequests_HoldsWhatWasLogged()
    {
        scratch.Add(Row("a", 1), Row("b", 2) with { Prediction = null, ModelDigest = null }).Add(Label("a", 1, 3)).Read();

        Assert.Equal(
            [
                new LoggedRequest("a", Day.AddHours(1), new string('a', 64), "a.example", 0.5f, [], 1, null, Day.AddHours(3)),
                new LoggedRequest("b", Day.AddHours(2), null, "b.example", null, [], null, null, null),
            ],
            LoggedRequest.Read(scratch.WindowPath, new DataLimits()));
    }

    [Fact]
    public void Window_WithoutParts_HasNoRows()
    {
        WindowRows rows = scratch.Read(parts: new WindowParts([], []));
        Assert.Equal((0, 0, 0), (rows.RowCount, rows.LaterCount, rows.RepeatedCount));
        Assert.True(rows.Rows.Bytes > 0);
    }

    [Fact]
    public void Window_CountsRefusedInputs()
    {
        WindowRows rows = scratch.Add(Row("a", 1), Row("b", 2) with { Prediction = null, Refusal = "the input is empty" }).Read();
        Assert.Equal(1, rows.RefusedCount);
    }

    [Fact]
    public void Window_OfADamagedPart_NamesTheWork()
    {
        string path = Path.Combine(scratch.Folder, "damaged.parquet");
        File.WriteAllText(path, "PAR1 no");
        InvalidDataSourceException failure = Assert.Throws<InvalidDataSourceException>(() => scratch.Read(parts: new WindowParts([path], [])));
        Assert.Contains("reading window 2024-03-01T00:00Z-1d", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => scratch.Dispose();
}
