using System.Collections.Immutable;
using System.Text;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Files;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;
using Lifecycle.Publishing.Trust;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Releases;

/// <summary>
/// Signs a release and uploads it, once. <c>model.sig</c> is written last and only if absent: that one write is the moment
/// of publication. Before it nothing is published; after it every retry, by whatever process, finds the same bytes.
/// </summary>
/// <param name="store">Where publications go.</param>
/// <param name="artifacts">Where the release's files come from.</param>
/// <param name="publisher">The publisher's key.</param>
/// <param name="root">What clients believe; a release they would refuse is not uploaded.</param>
/// <param name="clock">Gives the moment of publication.</param>
public sealed class PublicationPublisher(IBlobStore store, ArtifactStore artifacts, SigningKey publisher, TrustRoot root, TimeProvider clock)
{
    private const string SignatureMediaType = SigstoreBundle.MediaType;

    /// <summary>Publishes a release, or finds that it is published.</summary>
    /// <exception cref="ReleaseNotApprovedException">Approvals are missing, expired or do not verify.</exception>
    /// <exception cref="PublicationConflictException">The directory holds something else.</exception>
    /// <exception cref="ArtifactCorruptedException">A file of the release is missing or changed.</exception>
    /// <exception cref="StoreUnavailableException">The store does not answer; calling again goes on where it stopped.</exception>
    public async Task<Publication> PublishAsync(PublicationRequest request, CancellationToken cancellationToken = default)
    {
        string directory = ReleaseFileNames.Directory(request.Release);
        if (!await store.ExistsAsync($"{directory}/{ModelSignature.FileName}", cancellationToken))
        {
            ImmutableArray<SignedDecision> approvals = RequireApproved(request);
            ImmutableSortedDictionary<string, ReleasePart> parts = await GatherAsync(request.Release, approvals, cancellationToken);
            string signature = Sign(request.Release, parts);
            RequireVerifiable(request.Release, parts, signature);
            await UploadAsync(directory, parts, cancellationToken);
            await CommitAsync(directory, signature, cancellationToken);
        }

        VerificationReport report = await new PublicationVerifier(root, clock).VerifyBlobAsync(store, directory, cancellationToken);
        return report.Publication ?? throw new PublicationConflictException(directory, $"what lies there does not verify: {report.Refusal}.");
    }

    /// <summary>
    /// Verifies every decision anew and returns the Approvals to publish: as many as are asked for, those that are valid
    /// longest. A later retry therefore takes the same ones, or finds too few.
    /// </summary>
    private ImmutableArray<SignedDecision> RequireApproved(PublicationRequest request)
    {
        ApprovalCount count = ApprovalCount.Of(
            request.Decisions, request.Release, request.Policy, root.Enrolment, clock.GetUtcNow(), request.AlsoRequestedBy);
        return count.Objection.Length == 0
            ? [.. count.Approvals.Take(Math.Max(request.Policy.RequiredFor(request.Release), root.MinimumApprovals))]
            : throw new ReleaseNotApprovedException(request.Release.Digest, count.Objection);
    }

    private async Task<ImmutableSortedDictionary<string, ReleasePart>> GatherAsync(
        ReleaseManifest release, ImmutableArray<SignedDecision> approvals, CancellationToken cancellationToken)
    {
        ImmutableSortedDictionary<string, ReleasePart>.Builder parts = ImmutableSortedDictionary.CreateBuilder<string, ReleasePart>(StringComparer.Ordinal);
        foreach (ReleaseFile file in release.Files)
        {
            string path = await artifacts.DownloadAsync(file.Content, cancellationToken);
            parts.Add(file.Name, new ReleasePart(file.Content.Sha256, file.Content.MediaType, () => RegularFile.Open(path)));
        }

        parts.Add(ReleaseManifests.FileName, ReleasePart.Of(ReleaseManifests.ToBytes(release), MediaTypes.Json));
        foreach (SignedDecision decision in approvals)
        {
            parts.Add(ReleaseFileNames.Approval(decision.Statement.Engineer), ReleasePart.Of(Encoding.UTF8.GetBytes(decision.Bundle), SignatureMediaType));
        }

        return parts.ToImmutable();
    }

    private string Sign(ReleaseManifest release, ImmutableSortedDictionary<string, ReleasePart> parts)
    {
        byte[] statement = ModelSignature.Make(release.Model, DigestsOf(parts)).ToBytes();
        return SigstoreBundle.Sign(statement, publisher).ToJson();
    }

    // A release that clients would refuse must not become a publication, which can never be mended.
    private void RequireVerifiable(ReleaseManifest release, ImmutableSortedDictionary<string, ReleasePart> parts, string signature)
    {
        PublicationContent content = new()
        {
            Location = "the release to be published",
            Digests = DigestsOf(parts).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Signature = signature,
            Release = ReleaseManifests.ToBytes(release),
            Request = parts.TryGetValue(ReleaseFileNames.Request, out ReleasePart? request) ? request.ReadText() : null,
            Approvals = parts.Where(part => ReleaseFileNames.IsApproval(part.Key, out _))
                .ToImmutableSortedDictionary(part => part.Key, part => part.Value.ReadText(), StringComparer.Ordinal),
        };
        VerificationReport report = PublicationTrust.Judge(content, root, clock.GetUtcNow());
        if (!report.Passed || report.Release!.Digest != release.Digest)
        {
            throw new ReleaseNotApprovedException(release.Digest, $"clients would refuse it: {report.Refusal}");
        }
    }

    private async Task UploadAsync(string directory, ImmutableSortedDictionary<string, ReleasePart> parts, CancellationToken cancellationToken)
    {
        await foreach (string blob in store.ListAsync(directory + "/", cancellationToken))
        {
            string name = blob[(directory.Length + 1)..];
            if (name != ModelSignature.FileName && !parts.ContainsKey(name))
            {
                throw new PublicationConflictException(directory, $"it holds {name}, which is not part of the release.");
            }
        }

        foreach ((string name, ReleasePart part) in parts)
        {
            await using Stream content = part.Open();
            try
            {
                await store.PutIfAbsentAsync($"{directory}/{name}", content, part.MediaType, cancellationToken);
            }
            catch (BlobConflictException conflict)
            {
                throw new PublicationConflictException(directory, conflict.Message, conflict);
            }
        }
    }

    private async Task CommitAsync(string directory, string signature, CancellationToken cancellationToken)
    {
        using MemoryStream content = new(Encoding.UTF8.GetBytes(signature));
        try
        {
            await store.PutIfAbsentAsync($"{directory}/{ModelSignature.FileName}", content, SignatureMediaType, cancellationToken);
        }
        catch (BlobConflictException)
        {
            // Another process, or an earlier life of this one, published first. Its signature stands; the caller verifies it.
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> DigestsOf(ImmutableSortedDictionary<string, ReleasePart> parts) =>
        parts.Select(part => KeyValuePair.Create(part.Key, part.Value.Sha256));

    private sealed record ReleasePart(string Sha256, string MediaType, Func<Stream> Open)
    {
        public static ReleasePart Of(byte[] bytes, string mediaType) =>
            new(Sha256Digest.Of(bytes), mediaType, () => new MemoryStream(bytes, writable: false));

        public string ReadText()
        {
            using StreamReader reader = new(Open());
            return reader.ReadToEnd();
        }
    }
}
