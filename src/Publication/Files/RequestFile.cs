using System.Collections.Immutable;
using System.Text;
using Lifecycle.Domain;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Files;

/// <summary>The signed request among a release's files.</summary>
internal static class RequestFile
{
    /// <summary>The file; none where nobody signed.</summary>
    public static async Task<ImmutableArray<ReleaseFile>> StoreAsync(ArtifactStore artifacts, SignedRequest? request, CancellationToken cancellationToken) => request is null
        ? []
        : [new ReleaseFile(ReleaseFileNames.Request, await artifacts.UploadAsync(Encoding.UTF8.GetBytes(request.Bundle), SigstoreBundle.MediaType, cancellationToken))];

    /// <summary>Its digest; empty where nobody signed.</summary>
    public static string DigestOf(SignedRequest? request) => request is null ? "" : Sha256Digest.Of(Encoding.UTF8.GetBytes(request.Bundle));
}
