using System.Collections.Immutable;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Domain.Drift;

/// <summary>What there is to watch.</summary>
public sealed record WatchPlan
{
    /// <summary>The live version; null when nothing was ever promoted, and nothing is to be watched.</summary>
    public ChannelEntry? Live { get; init; }

    /// <summary>Why nothing of the live version can be watched, in a sentence; null, and left out of JSON, where it can.</summary>
    public string? Unwatched { get; init; }

    /// <summary>Windows to judge, oldest first. A window of which neither a row nor a label was known in time is not among them.</summary>
    public ImmutableArray<DueWindow> Windows { get; init; } = [];

    /// <summary>Windows that hold no rows because all of theirs came late, oldest first, as many as windows were asked for at most.</summary>
    public ImmutableArray<PassedWindow> PassedOver { get; init; } = [];

    /// <summary>Windows passed over so, the ones that are not named among them.</summary>
    public int PassedOverCount { get; init; }

    /// <summary>Further windows that are due.</summary>
    public int RemainingCount { get; init; }
}

/// <summary>A window to judge.</summary>
/// <param name="Window">The window.</param>
/// <param name="Snapshot">
/// The DataSnapshot that a run asked for by this window takes: the newest whose cutoff is not after the window's end; null
/// leaves it to the run.
/// </param>
public sealed record DueWindow(WatchWindow Window, string? Snapshot);

/// <summary>A window that no decision is made about: it holds no rows, since all of them became known after it had closed.</summary>
/// <param name="Window">Identifier of the window.</param>
/// <param name="LateCount">Rows that came late.</param>
public sealed record PassedWindow(string Window, long LateCount);
