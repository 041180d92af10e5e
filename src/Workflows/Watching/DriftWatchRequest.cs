using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Drift;
using Lifecycle.Workflows.Contracts;

namespace Lifecycle.Workflows.Watching;

/// <summary>Input of a watch; <c>{"model":"disposable-domain"}</c> is a complete one for the <c>temporal</c> command line.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DriftWatchRequest
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>How long a worker may stay silent before its call is given to another; 30 seconds unless told.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>What a watch came to.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Note">A sentence for people.</param>
/// <param name="Windows">What was decided about each window that was due, oldest first.</param>
public sealed record DriftWatchResult(string Model, string Note, ImmutableArray<WatchedWindow> Windows)
{
    /// <summary>Windows that hold no rows because all of theirs came late, oldest first; no decision was made about them. The first ones, where there are many.</summary>
    public ImmutableArray<PassedWindow> PassedOver { get; init; } = [];

    /// <summary>Windows passed over so, the ones that are not named among them.</summary>
    public int PassedOverCount { get; init; }
}

/// <summary>One window of a watch.</summary>
/// <param name="Window">Identifier of the window.</param>
/// <param name="Level">How far it has drifted.</param>
/// <param name="Decision">Identifier of the decision.</param>
/// <param name="Verdict">What was decided.</param>
/// <param name="Reason">The first reason.</param>
/// <param name="Run">Run id of the RetrainingRun that the decision reached; null when it asked for none.</param>
public sealed record WatchedWindow(string Window, DriftLevel Level, string Decision, DriftVerdict Verdict, string Reason, string? Run);
