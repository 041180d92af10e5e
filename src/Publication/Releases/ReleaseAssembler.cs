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
/// decide about. The same facts give the same release. That of a ReferenceModel says in the manifest itself, over which every Approval is
/// signed, what nobody measured; and it has no <c>baseline.json</c>, because there was nothing to measure one on.
/// </summary>
/// <param name="artifacts">Where the files go.</param>
public sealed class ReleaseAssembler(ArtifactStore artifacts)
{
    private const string MarkdownMediaType = "text/markdown";

    /// <summary>Assembles and seals.</summary>
    /// <exception cref="ArgumentException">The evaluation has no document, or that of a ReferenceModel does not say what was not measured.</exception>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task<ReleaseManifest> AssembleAsync(ReleaseFacts facts, CancellationToken cancellationToken = default)
    {
        ArtifactRef evaluation = facts.Evaluation.Document
            ?? throw new ArgumentException("The EvaluationReport has no document: it has to be stored before a release is assembled.", nameof(facts));
        byte[] blessing = CanonicalJson.Of(facts.Blessing);
        (string snapshot, string snapshotDigest, string? unmeasured) = facts.Origin switch
        {
            TrainedFacts trained => (trained.Snapshot.Id, trained.Snapshot.Digest, null),
            ReferenceFacts reference => (Origin.ReferenceName, reference.Reference.Answers.Sha256, facts.Evaluation.Unmeasured
                ?? throw new ArgumentException("The evaluation of a reference model has to say what was not measured.", nameof(facts))),
            _ => throw new ArgumentException($"Unknown origin {facts.Origin.GetType().Name}.", nameof(facts)),
        };
        return ReleaseManifests.Seal(new ReleaseManifest
        {
            Model = PlainName.Require(facts.Definition.Name, "model"),
            Snapshot = snapshot,
            SnapshotDigest = snapshotDigest,
            Unmeasured = unmeasured,
            Channel = PlainName.Require(facts.Definition.Channel, "channel"),
            ChannelVersion = (facts.Champion?.Version ?? 0) + 1,
            Files =
            [
                new ReleaseFile(ReleaseFileNames.Model, facts.Export.Model),
                new ReleaseFile(ReleaseFileNames.Evaluation, evaluation),
                await OwnFileAsync(facts.Origin, cancellationToken),
                new ReleaseFile(ReleaseFileNames.Blessing, await artifacts.UploadAsync(blessing, MediaTypes.Json, cancellationToken)),
                new ReleaseFile(ReleaseFileNames.Provenance, await artifacts.UploadAsync(ReleaseProvenance.Write(facts), MediaTypes.Json, cancellationToken)),
                new ReleaseFile(ReleaseFileNames.ModelCard, await artifacts.UploadAsync(Encoding.UTF8.GetBytes(ModelCard.Write(facts)), MarkdownMediaType, cancellationToken)),
                .. facts.Export.Explanation is { } explanation ? [new ReleaseFile(ReleaseFileNames.Explanation, explanation)] : Array.Empty<ReleaseFile>(),
                .. await RequestFile.StoreAsync(artifacts, facts.Request, cancellationToken),
            ],
            BlessingDigest = Domain.Sha256Digest.Of(blessing),
            PolicyDigest = ReleaseManifests.PolicyDigest(facts.Definition.Approval, facts.Enrolment),
            InvocationId = facts.InvocationId,
            RequestedBy = facts.RequestedBy,
            RequestDigest = RequestFile.DigestOf(facts.Request),
        });
    }

    private async Task<ReleaseFile> OwnFileAsync(OriginFacts origin, CancellationToken cancellationToken) => origin switch
    {
        TrainedFacts trained => new ReleaseFile(
            ReleaseFileNames.Baseline, await artifacts.UploadAsync(BaselineOf(trained), MediaTypes.Json, cancellationToken)),
        ReferenceFacts reference => new ReleaseFile(ReleaseFileNames.Reference, reference.Reference.Answers),
        _ => throw new ArgumentException($"Unknown origin {origin.GetType().Name}.", nameof(origin)),
    };

    private static byte[] BaselineOf(TrainedFacts trained) => CanonicalJson.Of(new WatchBaseline(
        WatchBaseline.CurrentFormat, trained.Challenger.DriftBaseline, trained.Features.TrainingSet, trained.Features.Holdout));
}
