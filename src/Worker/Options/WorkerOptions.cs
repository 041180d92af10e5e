using System.Collections.Immutable;
using Lifecycle.Domain.Runs;
using Lifecycle.Publishing.Keys;
using Lifecycle.Worker.Webhooks;
using Lifecycle.Workflows;

namespace Lifecycle.Worker.Options;

/// <summary>
/// Where a worker finds its things. Every worker needs the artifact store, a scratch folder and the enrolment; only one that
/// serves the queue <see cref="TaskQueues.Publish"/> needs the publisher's key. Validated at start.
/// </summary>
public sealed record WorkerOptions
{
    /// <summary>Folder with the model definitions, one folder a model.</summary>
    public required string ModelsFolder { get; init; }

    /// <summary>
    /// Folders, beside a model's own, whose files a request may name (<c>workerFiles</c>, a sensor's <c>file</c>); none by default. Links are
    /// followed before a file is judged, and the home's keys and own folders stay closed whatever stands here.
    /// </summary>
    public ImmutableArray<string> DataFolders { get; init; } = [];

    /// <summary>Folder for verified copies of artifacts and unfinished work. May be deleted while no worker runs.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>Folder for installed data packages; workers of one machine share it.</summary>
    public required string PackagesFolder { get; init; }

    /// <summary>Home of the keys: <c>enrolment.json</c> and, for the queue <c>publish</c>, <c>keys/publisher.key.pem</c>.</summary>
    public required string KeysHome { get; init; }

    /// <summary>Connection string of the Azure Blob Storage account, or of the Azurite emulator.</summary>
    public required string BlobConnectionString { get; init; }

    /// <summary>The blob container; created when it is not there.</summary>
    public string BlobContainer { get; init; } = "lifecycle";

    /// <summary>The operator's alerts.yaml; where it does not exist, the default rules write into <c>alerts.jsonl</c> beside it.</summary>
    public required string AlertsFile { get; init; }

    /// <summary>
    /// IP address and port for Prometheus to read the program's metrics from; null, the default, serves none. It is for who
    /// connects the client: see <c>Lifecycle.Worker.Metrics.MetricsEndpoint</c>.
    /// </summary>
    public string? MetricsAddress { get; init; }

    /// <summary>Where others may post that new data is there; null, the default, nowhere.</summary>
    public ArrivalOptions? Webhooks { get; init; }

    /// <summary>The task queues to serve; all of them by default.</summary>
    public ImmutableArray<string> Queues { get; init; } = [TaskQueues.Lifecycle, TaskQueues.Training, TaskQueues.Publish];

    /// <summary>Stages of the queue <c>training</c> at once; 1 by default, since each uses the threads its model definition names.</summary>
    public int TrainingSlots { get; init; } = 1;

    /// <summary>What the child process of each stage may use.</summary>
    public StageLimits Stages { get; init; } = new();

    /// <summary>How long a worker that is told to stop lets its activities go on; 5 seconds by default.</summary>
    public TimeSpan GracefulShutdownTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a workflow task waits for the worker that has its run in memory before any worker may take it; 10 seconds by
    /// default. It bounds the pause of a run whose worker was killed, beside the heartbeat timeout.
    /// </summary>
    public TimeSpan StickyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Throws when a member cannot work, naming it, what was found and what was expected; also when the trust root, or the
    /// publisher's key beside it, cannot be used.
    /// </summary>
    public void Validate()
    {
        RequireFolder(ModelsFolder, nameof(ModelsFolder), "--models");
        foreach (string folder in DataFolders)
        {
            if (!Path.IsPathFullyQualified(folder))
            {
                throw new WorkerOptionsException(nameof(DataFolders), $"'{folder}'", "a path from the root; correct LIFECYCLE_DATA_FOLDERS or --data-folder");
            }

            RequireFolder(folder, nameof(DataFolders), "LIFECYCLE_DATA_FOLDERS or --data-folder");
        }

        if (string.IsNullOrWhiteSpace(BlobConnectionString))
        {
            throw new WorkerOptionsException(nameof(BlobConnectionString), "nothing", "a connection string; set --blob or LIFECYCLE_BLOB");
        }

        if (Queues.IsEmpty)
        {
            throw new WorkerOptionsException(nameof(Queues), "none", $"{TaskQueues.Lifecycle}, {TaskQueues.Training} or {TaskQueues.Publish}; set LIFECYCLE_QUEUES");
        }

        if (Queues.FirstOrDefault(queue => queue is not (TaskQueues.Lifecycle or TaskQueues.Training or TaskQueues.Publish)) is { } unknown)
        {
            throw new WorkerOptionsException(nameof(Queues), $"'{unknown}'", $"{TaskQueues.Lifecycle}, {TaskQueues.Training} or {TaskQueues.Publish}");
        }

        RequireFile(Path.Combine(KeysHome, "enrolment.json"));
        if (Queues.Contains(TaskQueues.Publish))
        {
            RequireFile(Path.Combine(KeysHome, "keys", "publisher.key.pem"));
        }

        RequireTrust();

        if (TrainingSlots < 1)
        {
            throw new WorkerOptionsException(nameof(TrainingSlots), $"{TrainingSlots}", "at least 1");
        }

        if (Stages.MemoryMegabytes < StageLimits.SmallestMemoryMegabytes)
        {
            throw new WorkerOptionsException(nameof(Stages), $"{Stages.MemoryMegabytes} MB", $"at least {StageLimits.SmallestMemoryMegabytes}; set LIFECYCLE_STAGE_MEMORY_MB");
        }

        if (Stages.Deadline < TimeSpan.FromSeconds(1))
        {
            throw new WorkerOptionsException(nameof(Stages), $"{Stages.Deadline.TotalSeconds} s", "at least 1; set LIFECYCLE_STAGE_SECONDS");
        }
    }

    // Said at start: otherwise the first to notice would be a run that two people have approved.
    private void RequireTrust()
    {
        KeyFolder keys = new(KeysHome);
        TrustRoot root = keys.RequireTrustRoot();
        if (Queues.Contains(TaskQueues.Publish))
        {
            keys.RequirePublisher(root);
        }
    }

    private static void RequireFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new WorkerOptionsException(nameof(KeysHome), $"no {path}", "the home that 'lifecycle keys new' enrolled engineers in; set LIFECYCLE_HOME");
        }
    }

    private static void RequireFolder(string folder, string member, string option)
    {
        if (!Directory.Exists(folder))
        {
            throw new WorkerOptionsException(member, $"'{folder}', which is no folder", $"an existing folder; set {option}");
        }
    }
}

/// <summary>An option of the worker that cannot work.</summary>
public sealed class WorkerOptionsException(string member, string found, string expected)
    : Exception($"Worker option {member}: found {found}, expected {expected}.");
