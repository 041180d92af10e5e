using System.Collections.Immutable;
using System.Text;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Statements;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Releases;

/// <summary>
/// Puts a release together: writes its documents, uploads them as artifacts, and seals the manifest that release engineers
/// decide about. The same facts give the same release.
/// </summary>
/// <param name="artifacts">Where the files go.</param>
public sealed class ReleaseAssembler(ArtifactStore artifacts)
{
    private const string MarkdownMediaType = "text/markdown";

    /// <summary>Assembles and seals.</summary>
    /// <exception cref="ArgumentException">The evaluation has no document.</exception>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task<ReleaseManifest> AssembleAsync(ReleaseFacts facts, CancellationToken cancellationToken = default)
    {
        ArtifactRef evaluation = facts.Evaluation.Document
            ?? throw new ArgumentException("The EvaluationReport has no document: stage Evaluation has to store one before a release is assembled.");
        byte[] blessing = CanonicalJson.Of(facts.Blessing);
        ReleaseManifest manifest = new()
        {
            Model = PlainName.Require(facts.Definition.Name, "model"),
            Snapshot = facts.Snapshot.Id,
            SnapshotDigest = facts.Snapshot.Digest,
            Channel = PlainName.Require(facts.Definition.Channel, "channel"),
            ChannelVersion = (facts.Champion?.Version ?? 0) + 1,
            Files =
            [
                new ReleaseFile(ReleaseFileNames.Model, facts.Export.Model),
                new ReleaseFile(ReleaseFileNames.Evaluation, evaluation),
                new ReleaseFile(ReleaseFileNames.Baseline, await artifacts.UploadAsync(BaselineOf(facts), MediaTypes.Json, cancellationToken)),
                new ReleaseFile(ReleaseFileNames.Blessing, await artifacts.UploadAsync(blessing, MediaTypes.Json, cancellationToken)),
                new ReleaseFile(ReleaseFileNames.Provenance, await artifacts.UploadAsync(ReleaseProvenance.Write(facts), MediaTypes.Json, cancellationToken)),
                new ReleaseFile(ReleaseFileNames.ModelCard, await artifacts.UploadAsync(Encoding.UTF8.GetBytes(ModelCard.Write(facts)), MarkdownMediaType, cancellationToken)),
                .. await RequestFile.StoreAsync(artifacts, facts.Request, cancellationToken),
            ],
            BlessingDigest = Domain.Sha256Digest.Of(blessing),
            PolicyDigest = ReleaseManifests.PolicyDigest(facts.Definition.Approval, facts.Enrolment),
            InvocationId = facts.InvocationId,
            RequestedBy = facts.RequestedBy,
            RequestDigest = RequestFile.DigestOf(facts.Request),
        };
        return ReleaseManifests.Seal(manifest);
    }

    private static byte[] BaselineOf(ReleaseFacts facts) => CanonicalJson.Of(new WatchBaseline(
        WatchBaseline.CurrentFormat, facts.Challenger.DriftBaseline, facts.Features.TrainingSet, facts.Features.Holdout));
}
