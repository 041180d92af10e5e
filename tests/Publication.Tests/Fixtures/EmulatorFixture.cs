using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Storage;
using Lifecycle.Storage.Emulator;

[assembly: AssemblyFixture(typeof(EmulatorFixture))]

namespace Lifecycle.Publishing.Tests.Fixtures;

/// <summary>One real Azurite for all tests; each test takes a container of its own.</summary>
public sealed class EmulatorFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private AzuriteProcess? _emulator;

    /// <summary>The installed emulator, for tests that start their own.</summary>
    public static Task<NpmInstallation> InstallAsync() =>
        NpmInstallation.EnsureAsync(Checkout.Infra("azurite"), Checkout.Cache);

    public async ValueTask InitializeAsync() =>
        _emulator = await AzuriteProcess.StartAsync(await InstallAsync(), _data.Path);

    /// <summary>A store with an empty container.</summary>
    public async Task<AzureBlobStore> NewStoreAsync()
    {
        AzureBlobStore store = OpenStore($"test-{Guid.NewGuid():n}");
        await store.EnsureContainerAsync();
        return store;
    }

    /// <summary>A store on a container that may not exist.</summary>
    public AzureBlobStore OpenStore(string container) =>
        AzureBlobStore.Open(new BlobStoreOptions { ConnectionString = _emulator!.ConnectionString, Container = container });

    public async ValueTask DisposeAsync()
    {
        await _emulator!.DisposeAsync();
        _data.Dispose();
    }
}
