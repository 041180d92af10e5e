using System.Text;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Statements;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Releases;

/// <summary>
/// Puts the release of a ReferenceModel together, as <see cref="ReleaseAssembler"/> does for a trained one. It says in the manifest
/// itself, over which every Approval is signed, what nobody measured; and it has no <c>baseline.json</c>, because there was nothing
/// to measure one on. The same facts give the same release.
/// </summary>
/// <param name="artifacts">Where the files go.</param>
public sealed class ReferenceAssembler(ArtifactStore artifacts)
{
    private const string MarkdownMediaType = "text/markdown";

    /// <summary>Assembles and seals. It is always version 1 of its channel: a cold start replaces nothing.</summary>
    /// <exception cref="ArgumentException">The evaluation has no document, or does not say what was not measured.</exception>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task<ReleaseManifest> AssembleAsync(ReferenceFacts facts, CancellationToken cancellationToken = default)
    {
        if (facts.Reference.Evaluation is not { Document: { } evaluation, Unmeasured: { } unmeasured })
        {
            throw new ArgumentException("The evaluation of a cold start needs a document, and has to say what was not measured.", nameof(facts));
        }

        byte[] blessing = CanonicalJson.Of(facts.Blessing);
        return ReleaseManifests.Seal(new ReleaseManifest
        {
            Model = PlainName.Require(facts.Definition.Name, "model"),
            Snapshot = Origin.ReferenceName,
            SnapshotDigest = facts.Reference.Answers.Sha256,
            Unmeasured = unmeasured,
            Channel = PlainName.Require(facts.Definition.Channel, "channel"),
            ChannelVersion = 1,
            Files =
            [
                new ReleaseFile(ReleaseFileNames.Model, facts.Reference.Model.Model),
                new ReleaseFile(ReleaseFileNames.Reference, facts.Reference.Answers),
                new ReleaseFile(ReleaseFileNames.Evaluation, evaluation),
                new ReleaseFile(ReleaseFileNames.Blessing, await artifacts.UploadAsync(blessing, MediaTypes.Json, cancellationToken)),
                new ReleaseFile(ReleaseFileNames.Provenance, await artifacts.UploadAsync(ReferenceProvenance.Write(facts), MediaTypes.Json, cancellationToken)),
                new ReleaseFile(ReleaseFileNames.ModelCard, await artifacts.UploadAsync(Encoding.UTF8.GetBytes(ReferenceCard.Write(facts)), MarkdownMediaType, cancellationToken)),
                .. await RequestFile.StoreAsync(artifacts, facts.Request, cancellationToken),
            ],
            BlessingDigest = Domain.Sha256Digest.Of(blessing),
            PolicyDigest = ReleaseManifests.PolicyDigest(facts.Definition.Approval, facts.Enrolment),
            InvocationId = facts.InvocationId,
            RequestedBy = facts.RequestedBy,
            RequestDigest = RequestFile.DigestOf(facts.Request),
        });
    }
}
