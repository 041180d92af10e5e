using System.Collections.Immutable;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Runs;
using Lifecycle.Publishing.Watching;

namespace Lifecycle.Client.Watching;

/// <summary>All decisions of a model, newest first, and whether they are whole; null when that was not asked.</summary>
public sealed record DriftHistory(ImmutableArray<DriftDecision> Decisions, DriftChain? Chain);

/// <summary>A decision, and what later ones know of the run that it asked for.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="RunId">Run id of the RetrainingRun that took its reason; null when none did, or its id is not known.</param>
/// <param name="RunEnded">Whether a later decision knows that the run has ended.</param>
/// <param name="Outcome">How it ended; null when it failed, has not ended, or is not known.</param>
public sealed record DriftExplanation(DriftDecision Decision, string? RunId, bool RunEnded, RetrainingOutcome? Outcome)
{
    /// <summary>Looks through a model's history for what became of a decision.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="history">All decisions of its model.</param>
    /// <param name="reached">The run that the engine says its reason reached; null when the engine does not know, or was not asked.</param>
    public static DriftExplanation Of(DriftDecision decision, ImmutableArray<DriftDecision> history, string? reached = null)
    {
        DriftDecision[] later = [.. history.Where(other => other.Sequence > decision.Sequence)];
        EndedRun? ended = later.Select(other => other.Evidence.Runs.Ended).FirstOrDefault(run => run?.TriggerIds.Contains(decision.Id) == true);
        RunFacts? next = decision.Verdict == DriftVerdict.Retrain
            ? later.Prepend(decision).Select(other => other.Evidence.Runs).FirstOrDefault(runs => runs.InFlight)
            : null;
        return new DriftExplanation(decision, ended?.RunId ?? reached ?? next?.RunId, ended is not null, ended?.Outcome);
    }

    /// <summary>What became of it, a sentence.</summary>
    public string Effect => (Decision.Verdict, RunEnded) switch
    {
        (not DriftVerdict.Retrain, _) => "It asked for no retraining run.",
        (_, true) => $"The retraining run {RunId ?? "that has its reason"} ended: {Outcome?.ToString() ?? "failed"}; see: lifecycle show {RunId ?? Decision.Model}",
        _ => $"The retraining run {RunId ?? "that has its reason"} had not ended when the newest decision was made; see: lifecycle show {RunId ?? Decision.Model}",
    };
}

/// <summary>What another policy would have decided.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Decisions">Decisions looked at.</param>
/// <param name="Differences">Those that would have had another verdict, oldest first.</param>
public sealed record DriftReplayed(string Model, int Decisions, ImmutableArray<DriftDifference> Differences)
{
    /// <summary>Reduces a replay to what differs.</summary>
    public static DriftReplayed Of(string model, ImmutableArray<ReplayedDecision> replayed) => new(
        model, replayed.Length,
        [.. replayed.Where(one => one.Difference is not null).Select(one => new DriftDifference(
            one.Decision.Id, one.Decision.WindowId, one.Decision.Verdict, one.Decision.Rule, one.Other.Verdict, one.Other.Rule, one.Difference!))]);
}

/// <summary>One decision that would have had another verdict.</summary>
public sealed record DriftDifference(
    string Id, string WindowId, DriftVerdict Verdict, DriftRule Rule, DriftVerdict OtherVerdict, DriftRule OtherRule, string Why);
