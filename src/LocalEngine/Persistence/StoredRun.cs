using System.Collections.Immutable;
using Lifecycle.LocalEngine.History;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>A run as it was read from or is about to be written to the database.</summary>
internal sealed record StoredRun(long Key, string StartRequestId, RunState State)
{
    /// <summary>Every event of the run, when it was read.</summary>
    public ImmutableArray<HistoryEvent> History { get; init; } = [];
}

/// <summary>
/// An open run as the start of the engine needs it: when time moves it, and whether it waits for a worker. Where the row does not say
/// that, it cannot be read, and the run is set aside.
/// </summary>
internal readonly record struct StoredDeadline(long Key, DateTimeOffset? Due, bool AwaitsWorker, bool IsReadable = true);
