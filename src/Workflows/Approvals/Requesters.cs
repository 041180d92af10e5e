using System.Collections.Immutable;
using Lifecycle.Domain.Releases;
using Lifecycle.Workflows.Calls;
using Lifecycle.Workflows.Contracts;
using Microsoft.Extensions.Logging;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Approvals;

/// <summary>Who may not approve because they asked. Part of workflow code: its only command is the verification of who joins, signed.</summary>
internal static class Requesters
{
    /// <summary>Everyone who may not approve: those whose signature proves that they asked.</summary>
    /// <param name="subject">What is decided about. Where it was sealed before requests could be signed, names exclude as they did.</param>
    /// <param name="named">Every name.</param>
    /// <param name="verified">Those that joined and were verified.</param>
    public static ImmutableArray<string> Excluded(DecisionSubject subject, IEnumerable<string> named, IEnumerable<string> verified) =>
        subject.RequestDigest is null ? [.. named]
        : subject.IsRequesterVerified ? [subject.RequestedBy, .. verified]
        : [.. verified];

    /// <summary>Verifies somebody who joins; null when the signature does not count, which leaves a name that proves nothing.</summary>
    public static async Task<string?> VerifyAsync(JoiningRequest joining, StageActivities activities)
    {
        ActivityOptions call = activities.Short("verify a signed request");
        call.ScheduleToCloseTimeout = ApprovalRound.VerificationLimit;
        try
        {
            return await Workflow.ExecuteActivityAsync((IRequestActivity activity) => activity.VerifyJoiningAsync(joining), call);
        }
        catch (ActivityFailureException refused)
        {
            Workflow.Logger.LogWarning("{Requester} stays unverified: {Reason}", joining.RequestedBy, refused.InnerException?.Message);
            return null;
        }
    }
}
