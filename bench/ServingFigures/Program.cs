using Lifecycle.Serving.Logging;
using Lifecycle.ServingFigures;

if (args is not [var what] || what is not ("logger" or "window"))
{
    await Console.Error.WriteLineAsync("usage: ServingFigures logger|window");
    return 2;
}

DirectoryInfo folder = Directory.CreateTempSubdirectory("serving-figures-");
try
{
    if (what == "window")
    {
        WindowMeasurement.Measure(folder.FullName);
        return 0;
    }

    await Console.Out.WriteLineAsync(LoggerMeasurement.Heading);
    await LoggerMeasurement.MeasureAsync("memory", new() { Model = "mail", Durability = LogDurability.Memory }, callers: 1, rows: 500_000, folder.FullName);
    foreach (JournalSync sync in new[] { JournalSync.Never, JournalSync.Interval })
    {
        await LoggerMeasurement.MeasureAsync($"journal, {sync}", new() { Model = "mail", Sync = sync }, callers: 1, rows: 500_000, folder.FullName);
    }

    await LoggerMeasurement.MeasureAsync("journal, EveryRow", new() { Model = "mail", Sync = JournalSync.EveryRow }, callers: 1, rows: 2_000, folder.FullName);
    await LoggerMeasurement.MeasureAsync("journal, EveryRow", new() { Model = "mail", Sync = JournalSync.EveryRow }, callers: 64, rows: 20_000, folder.FullName);
    return 0;
}
finally
{
    folder.Delete(recursive: true);
}
