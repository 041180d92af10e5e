using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Serving.Logging;

/// <summary>Counts what is in a model's log, day by day.</summary>
/// <param name="log">The log.</param>
/// <param name="limits">What the work may use; the defaults unless given.</param>
public sealed class LogDays(PredictionParts log, DataLimits? limits = null)
{
    private readonly DataLimits allowed = limits ?? new DataLimits();

    /// <summary>The days from <paramref name="from"/> to <paramref name="to"/>, both included, that have rows, as they are known at <paramref name="now"/>.</summary>
    public async Task<ImmutableArray<LogDay>> CountAsync(
        string model, DateOnly from, DateOnly to, DateTimeOffset now, CancellationToken cancellation = default)
    {
        ImmutableArray<LogDay>.Builder days = ImmutableArray.CreateBuilder<LogDay>();
        WindowCalendar calendar = new(TimeSpan.FromDays(1), TimeSpan.Zero);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lifecycle-days-");
        try
        {
            foreach (DateOnly day in (await log.DaysAsync(model, cancellation)).Where(day => from <= day && day <= to))
            {
                WatchWindow window = calendar.Containing(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));
                WindowParts parts = await log.DownloadAsync(model, window, now, cancellation);
                days.Add(LogDay.Of(day, PredictionWindow.Write(parts, window, now, Path.Combine(folder.FullName, "day.parquet"), allowed, cancellation)));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return days.ToImmutable();
    }
}
