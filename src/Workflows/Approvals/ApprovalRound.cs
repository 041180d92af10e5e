using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Lifecycle.Workflows.Contracts;
using Microsoft.Extensions.Logging;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Approvals;

/// <summary>
/// One collection of signed decisions, for whatever waits for them: a release or a rollback. Decisions come by update, are
/// verified in an activity, one at a time, and held against the rules again after every wait. Part of workflow code: its
/// commands are, in order, one activity for each delivered decision and one timer for each reminder.
/// </summary>
/// <param name="kind">What would move the ReleaseChannel.</param>
/// <param name="subject">What is decided about.</param>
/// <param name="policy">How many must approve, and until when.</param>
internal sealed class ApprovalRound(RequestKind kind, DecisionSubject subject, ApprovalPolicy policy)
{
    /// <summary>How long a verification may take: one that cannot be done must not hold up the decisions after it.</summary>
    public static readonly TimeSpan VerificationLimit = TimeSpan.FromMinutes(5);

    private readonly Temporalio.Workflows.Mutex deciding = new();
    private bool isOpen = true;
    private DateTime? since;

    /// <summary>Verifies a delivered decision, in an activity.</summary>
    public required Func<DecisionEnvelope, DecisionKind, Task<SignedDecision>> VerifyAsync { get; init; }

    /// <summary>Everyone who asked for it by now, and therefore may reject but not approve.</summary>
    public required Func<ImmutableArray<string>> Requesters { get; init; }

    /// <summary>Hears of every decision that was counted.</summary>
    public required Action<ImmutableArray<SignedDecision>> Counted { get; init; }

    /// <summary>Every decision that was counted, in order.</summary>
    public ImmutableArray<SignedDecision> Decisions { get; private set; } = [];

    /// <summary>The decision that is waited for; null before the waiting begins and after it ended.</summary>
    public PendingDecision? Pending => isOpen && since is { } began
        ? new PendingDecision
        {
            Kind = kind,
            Model = subject.Model,
            Channel = subject.Channel,
            ChannelVersion = subject.ChannelVersion,
            SubjectDigest = subject.Digest,
            RequestedBy = subject.RequestedBy,
            IsRequesterVerified = subject.IsRequesterVerified,
            Excluded = [.. Requesters().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Since = began,
            Until = began + policy.Timeout,
            Required = policy.RequiredFor(subject),
            ApprovedBy = Tally.ApprovedBy,
        }
        : null;

    private ApprovalTally Tally => ApprovalRules.Tally(Decisions, subject, policy, Workflow.UtcNow);

    /// <summary>Waits until the decisions suffice, one rejects, or time is up; no decision counts afterwards.</summary>
    public async Task<ApprovalTally> CollectAsync()
    {
        since = Workflow.UtcNow;
        DateTime deadline = since.Value + policy.Timeout;
        while (!IsDecided() && Workflow.UtcNow < deadline)
        {
            TimeSpan remaining = deadline - Workflow.UtcNow;
            TimeSpan pause = policy.ReminderInterval < remaining ? policy.ReminderInterval : remaining;
            if (!await Workflow.WaitConditionWithOptionsAsync(new(IsDecided, pause, "approval reminder", null)))
            {
                Workflow.Logger.LogWarning(
                    "{Model} still waits for approval of {Subject}: {Tally}", subject.Model, subject.Digest, Tally.Sentence);
            }
        }

        isOpen = false;
        return Tally;
    }

    /// <summary>Verifies and counts one decision; the body of the updates <c>approve</c> and <c>reject</c>.</summary>
    public async Task<DecisionReceipt> DecideAsync(DecisionEnvelope envelope, DecisionKind decision)
    {
        await deciding.WaitOneAsync();
        try
        {
            Require(this, envelope, subject.Model);
            SignedDecision signed = await VerifyAsync(envelope, decision);
            Require(this, envelope, subject.Model);
            RequireBystander(signed.Statement);
            if (ApprovalRules.Admit(signed, Decisions) is { } objection)
            {
                throw Refusal(objection.Sentence);
            }

            Decisions = Decisions.Add(signed);
            Counted(Decisions);
            return new DecisionReceipt(signed.Statement.Engineer, decision, Tally.ApprovedBy.Length, subject.Digest);
        }
        finally
        {
            deciding.ReleaseMutex();
        }
    }

    /// <summary>Refuses what cannot count as things are: the body of the updates' validators.</summary>
    /// <param name="round">The round; null before it began.</param>
    /// <param name="envelope">What was delivered.</param>
    /// <param name="model">The model, for the message.</param>
    public static ApprovalRound Require(ApprovalRound? round, DecisionEnvelope? envelope, string model)
    {
        if (string.IsNullOrWhiteSpace(envelope?.Bundle))
        {
            throw Refusal("the decision has no member 'bundle'; 'lifecycle approve MODEL --as ENGINEER --print' writes one");
        }

        if (round is not { isOpen: true })
        {
            throw Refusal($"the run of {model} is not waiting for a decision; see its state query");
        }

        return round.Decisions.Any(decision => decision.Bundle == envelope.Bundle)
            ? throw Refusal("this very decision was already counted")
            : round;
    }

    /// <summary>
    /// Takes back the Approvals of those who ask for it by now: whoever joins what they approved before may not approve it either. Its
    /// only command is a marker, and only where there is something to take back.
    /// </summary>
    public void WithdrawApprovalsOfRequesters()
    {
        ImmutableArray<SignedDecision> standing = [.. Decisions.Where(decision => !IsOfRequester(decision.Statement))];
        if (isOpen && standing.Length < Decisions.Length && Workflow.Patched("joining withdraws an approval"))
        {
            Decisions = standing;
            Counted(Decisions);
        }
    }

    private bool IsDecided()
    {
        ApprovalTally tally = Tally;
        return tally.Rejection is not null || tally.IsApproved;
    }

    private void RequireBystander(DecisionStatement statement)
    {
        if (IsOfRequester(statement))
        {
            throw Refusal($"{statement.Engineer} asked for this run and may not approve it: another engineer has to");
        }
    }

    private bool IsOfRequester(DecisionStatement statement) => statement.Decision == DecisionKind.Approve && Requesters().Any(
        requester => string.Equals(requester.Trim(), statement.Engineer, StringComparison.OrdinalIgnoreCase));

    private static ApplicationFailureException Refusal(string reason) =>
        new(reason, errorType: FailureTypes.DecisionRefused, nonRetryable: true);
}
