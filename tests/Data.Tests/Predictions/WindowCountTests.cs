using System.Collections.Immutable;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Drift;
using static Lifecycle.Data.Tests.Predictions.LogScratch;

namespace Lifecycle.Data.Tests.Predictions;

public sealed class WindowCountTests : IDisposable
{
    private static readonly ImmutableArray<WatchWindow> Days =
        [.. new WindowCalendar(TimeSpan.FromDays(1), TimeSpan.FromHours(2)).Closed(Day, Day.AddDays(3).AddHours(2))];

    private readonly LogScratch scratch = new();

    [Fact]
    public void Count_OfManyWindows_TellsKnownFromLate()
    {
        scratch.Add(Row("known", 1), Row("waited for", 23, 25), Row("late", 2, 26), Row("second day", 30), Row("later", 50, 500));
        Assert.Equal([(2L, 1L), (1L, 0L), (0L, 1L)], Count().Select(day => (day.RowCount, day.LateCount)));
    }

    [Fact]
    public void Count_OfLabels_IsOfTheWindowThatWasCurrent()
    {
        scratch.Add(Row("asked", 1)).Add(Label("asked", 1, 1.9), Label("asked", 0, 2), Label("asked", 1, 26), Label(null, 1, 60, "asked.example"));
        Assert.Equal([1L, 1L, 1L], Count().Select(day => day.LabelCount));
    }

    [Fact]
    public void Count_OfNothing_IsOfEveryWindow() =>
        Assert.Equal([(0L, 0L, 0L), (0L, 0L, 0L), (0L, 0L, 0L)], Count().Select(day => (day.RowCount, day.LateCount, day.LabelCount)));

    [Fact]
    public void Count_OfNoWindows_IsEmpty() => Assert.Empty(WindowCount.Of(scratch.Parts(), [], scratch.Folder, new DataLimits()));

    public void Dispose() => scratch.Dispose();

    private ImmutableArray<WindowCount> Count() => WindowCount.Of(scratch.Parts(), Days, scratch.Folder, new DataLimits());
}
