using System.Collections.Immutable;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Drift;
using static Lifecycle.Data.Tests.Predictions.LogScratch;

namespace Lifecycle.Data.Tests.Predictions;

public sealed class RowWindowsTests : IDisposable
{
    private readonly LogScratch scratch = new();

    [Fact]
    public void Windows_OfRows_HoldTheNumberEach_WithoutGaps()
    {
        scratch.Add([.. Enumerable.Range(0, 7).Select(i => Row($"r{i}", i))]);
        ImmutableArray<WatchWindow> windows = Closed(3);
        Assert.Equal([(0.0, 3.0), (3.0, 6.0)], windows.Select(Hours));
        Assert.All(windows, window => Assert.Equal(3, Read(window).RowCount));
    }

    [Fact]
    public void Windows_OfRowsAtOneMoment_KeepThemTogether()
    {
        scratch.Add([.. Enumerable.Range(0, 5).Select(i => Row($"r{i}", 1)), Row("next", 2)]);
        Assert.Equal([(0.0, 2.0)], Closed(3).Select(Hours));
    }

    [Fact]
    public void Windows_AskedOnFromTheLastOne_AreNotMovedByLateRows()
    {
        scratch.Add([.. Enumerable.Range(0, 6).Select(i => Row($"r{i}", i))]);
        DateTimeOffset end = Assert.Single(Closed(3)).To;
        scratch.Add(Row("late", 0.5, 9), Row("new", 6), Row("newer", 7));
        Assert.Equal([(3.0, 6.0)], Closed(3, end).Select(Hours));
    }

    [Fact]
    public void Windows_WhoseLatenessIsNotOver_AreNotGiven()
    {
        scratch.Add([.. Enumerable.Range(0, 7).Select(i => Row($"r{i}", i))]);
        Assert.Single(Closed(3, now: Day.AddHours(7), lateness: TimeSpan.FromHours(2)));
    }

    private static (double From, double To) Hours(WatchWindow window) => ((window.From - Day).TotalHours, (window.To - Day).TotalHours);

    private WindowRows Read(WatchWindow window) => PredictionWindow.Write(scratch.Parts(), window, Day.AddDays(9), scratch.WindowPath, new DataLimits());

    private ImmutableArray<WatchWindow> Closed(long rows, DateTimeOffset? from = null, DateTimeOffset? now = null, TimeSpan lateness = default) =>
        RowWindows.Closed(scratch.Parts(), from ?? Day, rows, lateness, now ?? Day.AddDays(9), scratch.Folder, new DataLimits());

    public void Dispose() => scratch.Dispose();
}
