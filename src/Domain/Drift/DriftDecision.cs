using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Runs;

namespace Lifecycle.Domain.Drift;

/// <summary>
/// The one durable decision on a WatchWindow: what follows from it, why, and all that led there. Decisions of a model are
/// numbered without gaps, and each holds the digest of the one before it. Format: docs/formats/drift-decision.md.
/// </summary>
public sealed record DriftDecision
{
    /// <summary>Name of the model and six digits of <see cref="Sequence"/>, such as <c>tracker-host-000042</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Number among the model's decisions, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The window that was decided on.</summary>
    public required string WindowId { get; init; }

    /// <summary>The DriftBaseline it was compared with.</summary>
    public required string BaselineId { get; init; }

    /// <summary>SHA-256 of the policy. The same window, DriftBaseline and policy have one decision, ever.</summary>
    public required string PolicyDigest { get; init; }

    /// <summary>The policy itself.</summary>
    public required DriftPolicy Policy { get; init; }

    /// <summary>What follows.</summary>
    public required DriftVerdict Verdict { get; init; }

    /// <summary>The rule that gave the verdict.</summary>
    public required DriftRule Rule { get; init; }

    /// <summary>
    /// The rule among 2 to 5 that asked for a RetrainingRun, also where <see cref="Rule"/> held it back; null when none did.
    /// </summary>
    public DriftRule? AskedBy { get; init; }

    /// <summary>Why, in sentences with their numbers, the decisive one first.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>What was remembered before.</summary>
    public required DriftState Before { get; init; }

    /// <summary>What is remembered from now on.</summary>
    public required DriftState After { get; init; }

    /// <summary>What it was made from; long lists are cut to their strongest entries, and no more than these were looked at.</summary>
    public required DriftEvidence Evidence { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>SHA-256 of the stored bytes of the decision before it; null for the first.</summary>
    public string? PreviousDigest { get; init; }

    /// <summary>The identifier of a model's decision.</summary>
    public static string IdOf(string model, long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"{model}-{sequence:000000}");

    /// <summary>
    /// What asks for the RetrainingRun, for a decision whose verdict is <see cref="DriftVerdict.Retrain"/>:
    /// <see cref="TriggerKind.Performance"/> for rules 2 and 3, <see cref="TriggerKind.Schedule"/> for age, else
    /// <see cref="TriggerKind.Drift"/>; identified and requested by the decision's identifier.
    /// </summary>
    public TriggerReason ToTrigger() => new()
    {
        Kind = AskedBy switch
        {
            DriftRule.LabelledLoss or DriftRule.ProtectedSlice or DriftRule.EstimatedLoss => TriggerKind.Performance,
            DriftRule.Age => TriggerKind.Schedule,
            _ => TriggerKind.Drift,
        },
        Id = Id,
        RequestedBy = Id,
        Note = Reasons is [var first, ..] ? first : "",
    };
}

/// <summary>What <see cref="DriftDecisions.Decide"/> finds.</summary>
/// <param name="Verdict">What follows.</param>
/// <param name="Rule">The rule that gave the verdict.</param>
/// <param name="AskedBy">The rule that asked for a RetrainingRun, also where it was held back; null when none did.</param>
/// <param name="Reasons">Why, the decisive sentence first.</param>
/// <param name="After">What is remembered from now on.</param>
public sealed record DriftFinding(
    DriftVerdict Verdict, DriftRule Rule, DriftRule? AskedBy, ImmutableArray<string> Reasons, DriftState After);
