using Lifecycle.Activities.Stages;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Releases;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Activities;

/// <summary>Stage 9, Publication: the only stage that opens the publisher's key.</summary>
public sealed class PublicationActivity(KeyFolder keys, IBlobStore store, ArtifactStore artifacts, TimeProvider time) : IPublicationActivity
{
    /// <inheritdoc/>
    [Activity]
    public Task<Publication> PublishReleaseAsync(PublicationInput input) => StageScope.RunAsync(async cancellation =>
    {
        using SigningKey publisher = keys.Open(KeyFolder.PublisherId);
        PublicationPublisher publication = new(store, artifacts, publisher, keys.ReadTrustRoot(), time);
        return await publication.PublishAsync(new PublicationRequest(input.Release, input.Policy, input.Decisions) { AlsoRequestedBy = input.AlsoRequestedBy }, cancellation);
    });
}
