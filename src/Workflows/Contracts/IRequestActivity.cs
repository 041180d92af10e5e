using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>What is asked of the enrolment when somebody joins what is in flight.</summary>
public interface IRequestActivity
{
    /// <summary>
    /// Verifies the signed request of somebody who joins, and uses it up; the answer is who may not approve from then on. Fails with
    /// <see cref="FailureTypes.RequestRefused"/>.
    /// </summary>
    [Activity]
    Task<string> VerifyJoiningAsync(JoiningRequest joining);
}

/// <summary>Somebody who joins.</summary>
/// <param name="Kind">What is in flight.</param>
/// <param name="Model">Its model.</param>
/// <param name="RequestedBy">Who asks for it, too.</param>
/// <param name="Signed">The signed request.</param>
public sealed record JoiningRequest(RequestKind Kind, string Model, string RequestedBy, RequestEnvelope Signed);
