using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;
using Lifecycle.Storage;

namespace Lifecycle.Activities.Stages;

/// <summary>
/// Where every request passes before anything is begun for it: a signature has to be its requester's, over exactly what is asked for, and
/// used once; and the enrolled engineers have to be enough to approve it.
/// </summary>
/// <param name="keys">The trust root.</param>
/// <param name="store">Where used requests are written down.</param>
public sealed class RequestDesk(KeyFolder keys, IBlobStore store)
{
    /// <summary>Judges a request and uses it for the workflow that asks; null when nobody signed it.</summary>
    /// <exception cref="RequestRefusedException">The signature does not count.</exception>
    public async Task<SignedRequest?> AdmitAsync(RequestEnvelope? signed, AskedFor asked, ApprovalPolicy policy, CancellationToken cancellation)
    {
        if (Judge(signed, asked, policy) is not { } request)
        {
            return null;
        }

        StageCaller caller = StageCaller.Current;
        await new RequestClaims(store).ClaimAsync(request, $"{caller.WorkflowId}/{caller.WorkflowRunId}", cancellation);
        return request;
    }

    /// <summary>Judges a request, as it is when its activity was scheduled, so that a retry judges the same; null when nobody signed it.</summary>
    /// <exception cref="RequestRefusedException">The signature does not count.</exception>
    public SignedRequest? Judge(RequestEnvelope? signed, AskedFor asked, ApprovalPolicy policy) => signed is null
        ? null
        : RequestVerifier.Verify(signed, asked, policy, keys.ReadTrustRoot().Enrolment, StageCaller.Current.ScheduledAt);

    /// <summary>Judges somebody who joins what is in flight: whichever snapshot and reason they asked with, they may not approve it.</summary>
    /// <exception cref="RequestRefusedException">The signature does not count.</exception>
    public Task<SignedRequest?> AdmitJoiningAsync(RequestEnvelope signed, AskedFor asked, ApprovalPolicy policy, CancellationToken cancellation)
    {
        AskedFor own = Proven(signed)?.Statement.Asked ?? asked;
        return AdmitAsync(signed, asked with { Snapshot = own.Snapshot, Reason = own.Reason }, policy, cancellation);
    }

    /// <summary>A request that was admitted before, if its signature still proves itself; null otherwise, and when nobody signed.</summary>
    public SignedRequest? Proven(RequestEnvelope? signed) =>
        signed is not null && RequestVerifier.TryProve(signed, keys.ReadTrustRoot().Enrolment, out SignedRequest? request, out _) ? request : null;

    /// <summary>Refuses a request that the enrolled engineers can never approve, instead of waiting for it.</summary>
    /// <param name="asked">What is asked for.</param>
    /// <param name="request">The verified request; null when nobody signed it.</param>
    /// <param name="policy">The policy it falls under.</param>
    /// <param name="isRelease">Whether clients will count, who have a minimum of their own.</param>
    /// <exception cref="RequestRefusedException">There are too few.</exception>
    public void RequireApprovers(AskedFor asked, SignedRequest? request, ApprovalPolicy policy, bool isRelease)
    {
        TrustRoot root = keys.ReadTrustRoot();
        int needed = Math.Max(policy.Required(isUnverified: request is null), isRelease ? root.MinimumApprovals : 1);
        if (RequestRules.Shortfall(root.Enrolment, request?.Statement.Asked.RequestedBy, needed) is { } shortfall)
        {
            throw new RequestRefusedException(asked, shortfall);
        }
    }
}
