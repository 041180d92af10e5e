using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Statements;

namespace Lifecycle.Publishing.Trust;

/// <summary>
/// Holds a publication's <c>request.json</c> against its release. A request that is not what the release says refuses the publication;
/// one whose signer is no longer enrolled is what any request without a proven signature is: it excludes nobody, and asks for
/// more approvers.
/// </summary>
internal static class RequestTrust
{
    /// <summary>The release as its approvals are to be counted.</summary>
    /// <param name="release">What the publication says.</param>
    /// <param name="content">What was found.</param>
    /// <param name="enrolment">Who is believed.</param>
    /// <param name="check">Told what was checked.</param>
    public static ReleaseManifest AsProven(ReleaseManifest release, PublicationContent content, Enrolment enrolment, Action<VerificationCheck> check)
    {
        string found = content.Digests.GetValueOrDefault(ReleaseFileNames.Request, "");
        if (found != (release.RequestDigest ?? ""))
        {
            check(new("request", false, $"{ReleaseFileNames.Request} is sha256 {(found.Length > 0 ? found : "nothing")}, the release was asked for by {(release.IsRequesterVerified ? release.RequestDigest : "an unsigned request")}"));
            return release;
        }

        if (!release.IsRequesterVerified)
        {
            return release;
        }

        if (!RequestVerifier.TryProve(new RequestEnvelope(content.Request ?? ""), enrolment, out SignedRequest? request, out DecisionRefusal? refusal))
        {
            bool isReadable = refusal.Reason is DecisionRefusalReason.UnknownEngineer or DecisionRefusalReason.BadSignature;
            check(new("request", isReadable, $"unverified: {refusal.Sentence}"));
            return release with { RequestDigest = "" };
        }

        AskedFor asked = request.Statement.Asked;
        bool isThis = (asked.RequestedBy, asked.Model, asked.Channel) == (release.RequestedBy, release.Model, release.Channel)
            && asked.Kind == (release.Unmeasured is null ? RequestKind.Retrain : RequestKind.ColdStart);
        check(new("request", isThis, isThis
            ? $"asked for by {asked.RequestedBy}, signed"
            : $"{asked.RequestedBy} signed {asked.Kind} of {asked.Model} on {asked.Channel}, the release is of {release.Model} on {release.Channel}, asked for by {PlainName.Describe(release.RequestedBy)}"));
        return release;
    }
}
