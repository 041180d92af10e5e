using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Storage;
using Lifecycle.Storage.Emulator;

namespace Lifecycle.Publishing.Tests.Releases;

public sealed class PublicationOutageTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    [Fact]
    public async Task Publish_EmulatorKilledInTheMiddle_SaysSoAndGoesOnAfterItsRestart()
    {
        const int callInTheMiddle = 6;
        NpmInstallation installation = await EmulatorFixture.InstallAsync();
        AzuriteProcess first = await AzuriteProcess.StartAsync(installation, _data.Path);
        AzureBlobStore store = AzureBlobStore.Open(new BlobStoreOptions { ConnectionString = first.ConnectionString, MaximumRetries = 1 });
        await store.EnsureContainerAsync();
        using PublishingWorld world = await PublishingWorld.MakeAsync(store);
        InterruptedBlobStore outage = new(store, callInTheMiddle, afterItsEffect: false, () => KillAsync(first));

        StoreUnavailableException failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => world.PublisherOver(outage).PublishAsync(world.Request));
        await first.DisposeAsync();
        await using AzuriteProcess second = await AzuriteProcess.StartAsync(installation, _data.Path, first.Port);
        string before = string.Join(' ', await store.ListAsync($"publications/disposable-domain/{world.Release.Digest}/").ToListAsync());
        Publication publication = await world.PublishAsync();

        Assert.Contains(store.Address, failure.Message, StringComparison.Ordinal);
        Assert.Contains("approval-alice.json", before, StringComparison.Ordinal);
        Assert.DoesNotContain("model.sig", before, StringComparison.Ordinal);
        Assert.True((await world.Verifier.VerifyBlobAsync(store, publication.Directory)).Passed);
    }

    public void Dispose() => _data.Dispose();

    private static async Task KillAsync(AzuriteProcess emulator)
    {
        System.Diagnostics.Process.GetProcessById(emulator.ProcessId).Kill();
        await emulator.Exited;
    }
}
