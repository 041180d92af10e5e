using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Runs;
using Lifecycle.Worker.Webhooks;

namespace Lifecycle.Worker.Options;

/// <summary>Reads a fleet worker's options from environment variables.</summary>
public static class WorkerEnvironment
{
    /// <summary>The options; a variable that is not set leaves the default.</summary>
    /// <param name="read">Gives a variable's value, or null.</param>
    /// <exception cref="WorkerOptionsException">A variable is missing or malformed.</exception>
    public static WorkerOptions Read(Func<string, string?> read)
    {
        string home = read("LIFECYCLE_HOME") ?? Path.Combine(Path.GetTempPath(), "lifecycle-worker");
        WorkerOptions options = new()
        {
            ModelsFolder = read("LIFECYCLE_MODELS") ?? "models",
            ScratchFolder = read("LIFECYCLE_SCRATCH") ?? Path.Combine(home, "scratch"),
            PackagesFolder = read("LIFECYCLE_PACKAGES") ?? Path.Combine(home, "packages"),
            KeysHome = home,
            AlertsFile = read("LIFECYCLE_ALERTS") ?? Path.Combine(home, "alerts.yaml"),
            BlobConnectionString = read("LIFECYCLE_BLOB") ?? "",
        };
        options = options with
        {
            BlobContainer = read("LIFECYCLE_BLOB_CONTAINER") ?? options.BlobContainer,
            MetricsAddress = read("LIFECYCLE_METRICS"),
            DataFolders = Folders(read("LIFECYCLE_DATA_FOLDERS")),
            Webhooks = ArrivalOptions.Of(read),
            Queues = read("LIFECYCLE_QUEUES") is { } queues
                ? [.. queues.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]
                : options.Queues,
            TrainingSlots = Number(read, "LIFECYCLE_TRAINING_SLOTS", options.TrainingSlots),
            Stages = Stages(read),
            StickyTimeout = TimeSpan.FromSeconds(Number(read, "LIFECYCLE_STICKY_SECONDS", (int)options.StickyTimeout.TotalSeconds)),
        };
        options.Validate();
        return options;
    }

    /// <summary>The folders of <c>LIFECYCLE_DATA_FOLDERS</c>, separated as in <c>PATH</c>; none when it is not set.</summary>
    public static ImmutableArray<string> Folders(string? list) =>
        [.. (list ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>What the stages' processes may use, which a worker inside <c>lifecycle up</c> reads from here too.</summary>
    /// <param name="read">Gives a variable's value, or null.</param>
    /// <exception cref="WorkerOptionsException">A variable is malformed.</exception>
    public static StageLimits Stages(Func<string, string?> read)
    {
        StageLimits usual = new();
        return new StageLimits
        {
            MemoryMegabytes = Number(read, "LIFECYCLE_STAGE_MEMORY_MB", usual.MemoryMegabytes),
            Deadline = TimeSpan.FromSeconds(Number(read, "LIFECYCLE_STAGE_SECONDS", (int)usual.Deadline.TotalSeconds)),
        };
    }

    private static int Number(Func<string, string?> read, string name, int otherwise) => read(name) switch
    {
        null => otherwise,
        { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) => number,
        { } text => throw new WorkerOptionsException(name, $"'{text}'", "a whole number"),
    };
}
