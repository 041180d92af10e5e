using System.Collections.Immutable;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Domain.Alerts;

/// <summary>
/// How things stand at one time, for the rules over ages and for the metrics alike: what each waits for, and since when.
/// </summary>
/// <param name="Now">The time.</param>
public sealed record AlertFacts(DateTimeOffset Now)
{
    /// <summary>What waits for Approvals.</summary>
    public ImmutableArray<WaitingApproval> Approvals { get; init; } = [];

    /// <summary>The ReleaseChannels.</summary>
    public ImmutableArray<ChannelFact> Channels { get; init; } = [];

    /// <summary>The schedules.</summary>
    public ImmutableArray<ScheduleFact> Schedules { get; init; } = [];

    /// <summary>The newest observation of each watched model.</summary>
    public ImmutableArray<WatchObservation> Watches { get; init; } = [];

    /// <summary>The newest file of each backup folder that a rule names; null where there is none.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset?> Backups { get; init; } = ImmutableSortedDictionary<string, DateTimeOffset?>.Empty;

    /// <summary>What is wrong with alerts.yaml, so that older rules than it says are in force; null when nothing is.</summary>
    public AlertPolicyDefect? PolicyDefect { get; init; }
}

/// <summary>An <c>alerts.yaml</c> that was changed into one that cannot be used.</summary>
/// <param name="Message">What is wrong and where, and what to do.</param>
/// <param name="Since">When the file was written so.</param>
public sealed record AlertPolicyDefect(string Message, DateTimeOffset Since);

/// <summary>A RetrainingRun, a rollback or a cold start that waits for Approvals.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Channel">The ReleaseChannel that would move.</param>
/// <param name="WorkflowId">Its workflow id.</param>
/// <param name="Since">Since when it waits.</param>
public sealed record WaitingApproval(RequestKind Kind, string Model, string Channel, string WorkflowId, DateTimeOffset Since);

/// <summary>Where a ReleaseChannel is.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Version">Its live version.</param>
/// <param name="MovedAt">When it moved there.</param>
public sealed record ChannelFact(string Model, string Channel, long Version, DateTimeOffset MovedAt);

/// <summary>What a schedule has to do next.</summary>
/// <param name="ScheduleId">Its id.</param>
/// <param name="DueAt">The time of its next action, in the past when it is late; null when nothing is due ever.</param>
/// <param name="IsPaused">Whether it is paused.</param>
public sealed record ScheduleFact(string ScheduleId, DateTimeOffset? DueAt, bool IsPaused);
