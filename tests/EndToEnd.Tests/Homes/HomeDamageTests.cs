using Lifecycle.Alerting.State;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Homes;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Artifacts;
using Lifecycle.EndToEnd.Tests.Launching;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Keys;
using Lifecycle.Serving.Models;
using Lifecycle.Storage;

namespace Lifecycle.EndToEnd.Tests.Homes;

/// <summary>A file of a used home is damaged: the start ends in one clear error, or what can be read goes on, and nothing wrong is accepted.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class HomeDamageTests(UsedHome used) : IClassFixture<UsedHome>, IDisposable
{
    private const string Database = "engine/engine.db";
    private const string Index = "blobs/__azurite_db_blob__.json";
    private const string Extents = "blobs/__azurite_db_blob_extent__.json";
    private const string Root = "enrolment.json";
    private const string Key = "keys/publisher.key.pem";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Database, "emptied", "0 bytes", "--begin-anew engine")]
    [InlineData(Database, "{}", "2 bytes", "--begin-anew engine")]
    [InlineData(Database, "deleted", "is missing", "--begin-anew engine")]
    [InlineData("engine", "deleted", "is missing", "--begin-anew engine")]
    [InlineData(Database, "cut to 50 bytes", "50 bytes", "--begin-anew engine")]
    [InlineData(Database, "first bytes flipped", "no SQLite database", "--begin-anew engine")]
    [InlineData(Database, "noise", "no SQLite database", "--begin-anew engine")]
    [InlineData(Database, "halved", "engine.db", "backup")]
    [InlineData(Database, "pages flipped", "engine.db", "backup")]
    [InlineData(Index, "emptied", "0 bytes", "--begin-anew blobs")]
    [InlineData(Index, "{}", "index of nothing", "--begin-anew blobs")]
    [InlineData(Index, "[]", "index of nothing", "--begin-anew blobs")]
    [InlineData(Index, "null", "index of nothing", "--begin-anew blobs")]
    [InlineData(Index, "{\"collections\":[]}", "index of nothing", "--begin-anew blobs")]
    [InlineData(Index, "{\"collections\":[{\"name\":\"$CONTAINERS_COLLECTION$\",\"data\":[]}]}", "index of nothing", "--begin-anew blobs")]
    [InlineData(Index, "deleted", "is missing", "--begin-anew blobs")]
    [InlineData(Index, "halved", "cannot be read", "--begin-anew blobs")]
    [InlineData(Index, "first bytes flipped", "cannot be read", "--begin-anew blobs")]
    [InlineData(Index, "noise", "cannot be read", "--begin-anew blobs")]
    [InlineData(Extents, "emptied", "0 bytes", "--begin-anew blobs")]
    [InlineData(Extents, "{}", "index of nothing", "--begin-anew blobs")]
    [InlineData(Extents, "deleted", "is missing", "--begin-anew blobs")]
    [InlineData(Extents, "halved", "cannot be read", "--begin-anew blobs")]
    [InlineData("blobs", "deleted", "is missing", "--begin-anew blobs")]
    [InlineData(Root, "deleted", "is missing", "--begin-anew trust")]
    [InlineData(Root, "emptied", Root, "nothing was started")]
    [InlineData(Root, "{}", Root, "nothing was started")]
    [InlineData(Root, "null", Root, "nothing was started")]
    [InlineData(Root, "halved", Root, "nothing was started")]
    [InlineData(Root, "writable by all", "written by anybody", "chmod 644")]
    [InlineData(Key, "deleted", "is missing", "--begin-anew trust")]
    [InlineData(Key, "emptied", "publisher.key.pem (0 bytes)", "backup")]
    [InlineData(Key, "halved", "publisher.key.pem", "backup")]
    [InlineData(Key, "middle flipped", "publisher.key.pem", "nothing was started")]
    [InlineData(Key, "readable by all", "read by others", "chmod 600")]
    [InlineData(Key, "another key", "another key than", "backup")]
    [InlineData("keys", "deleted", "is missing", "--begin-anew trust")]
    [InlineData("home.json", "emptied", "home.json (0 bytes)", "backup")]
    [InlineData("home.json", "{}", "home.json", "backup")]
    [InlineData("home.json", "null", "home.json", "backup")]
    [InlineData("home.json", "halved", "home.json", "backup")]
    [InlineData("home.json", "{\"version\":2,\"made\":{}}", "version is 2", "backup")]
    [InlineData("alerts.yaml", "rules: [", "alerts.yaml", "alerts.yaml")]
    [InlineData("alerts.yaml", "noise", "alerts.yaml", "alerts.yaml")]
    public async Task Start_OnADamagedHome_EndsInOneErrorThatSaysWhatToDoAndMakesNothingAnew(string file, string how, string found, string expected)
    {
        HomeFolder home = used.CopyTo(folder.Path);
        Damage.Do(home, file, how);
        string[] before = [.. Files(home)];

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(async () => await (await used.StartAsync(home, _ => { })).DisposeAsync());

        CommandException error = FailureText.Explain(failure);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Object reference", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.All(Files(home).Except(before), made => Assert.Matches(@"(\.lock|lock|lock\.pid|engine\.db-shm|engine\.db-wal)$", made));
    }

    [Theory]
    [InlineData("engine.db-wal", "engine/engine.db-wal", "noise")]
    [InlineData("services", "services.json", "{")]
    [InlineData("public key", "keys/publisher.pub.pem", "deleted")]
    [InlineData("scratch", "scratch", "deleted")]
    [InlineData("marker", "home.json", "deleted")]
    public async Task Start_OnAHomeWithoutWhatCanBeMadeAgain_ServesTheSameModel(string what, string file, string how)
    {
        _ = what;
        HomeFolder home = used.CopyTo(folder.Path);
        Damage.Do(home, file, how);

        await using ServiceStack stack = await used.StartAsync(home, _ => { });
        using LiveModel live = await BlobRooms.OpenLiveModelAsync(stack.BlobConnectionString, home, SampleModel.Name, "production", CancellationToken.None);

        Assert.NotNull(live.Predict("temp-garden.com").Input);
        Assert.True(new HomeGuard(home, TimeProvider.System).Holds(HomeStore.Engine));
    }

    [Theory]
    [InlineData("engine", "--begin-anew engine")]
    [InlineData(Index, "--begin-anew blobs")]
    [InlineData(Root, "--begin-anew trust")]
    public async Task Start_OnAUsedHomeOfAProgramWithoutMarkers_KnowsThatItWasUsed(string gone, string expected)
    {
        HomeFolder home = used.CopyTo(folder.Path);
        Damage.Do(home, "home.json", "deleted");
        Damage.Do(home, gone, "deleted");

        CommandException refused = await Assert.ThrowsAsync<CommandException>(async () => await (await used.StartAsync(home, _ => { })).DisposeAsync());

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("halved")]
    [InlineData("deleted")]
    [InlineData("middle flipped")]
    public async Task Start_WithDamagedExtents_GoesOnAndServesNothingThatIsWrong(string how)
    {
        HomeFolder home = used.CopyTo(folder.Path);
        foreach (string extent in Directory.EnumerateFiles(Path.Combine(home.Blobs, "__blobstorage__")))
        {
            Damage.Do(home, Path.GetRelativePath(home.Root, extent), how);
        }

        List<string> told = [];
        await using ServiceStack stack = await used.StartAsync(home, told.Add);

        Assert.Equal(how != "middle flipped", told.Any(line => line.Contains("extents are gone", StringComparison.Ordinal)));
        if (how == "middle flipped")
        {
            await ServesTheSignedModelOrNoneAsync(stack, home);
        }
    }

    // What was flipped may lie between the blobs: then the model is whole, and was verified to be.
    private static async Task ServesTheSignedModelOrNoneAsync(ServiceStack stack, HomeFolder home)
    {
        try
        {
            using LiveModel model = await BlobRooms.OpenLiveModelAsync(stack.BlobConnectionString, home, SampleModel.Name, "production", CancellationToken.None);
            Assert.Null(Assert.Single(model.Predict(["bank1.org"])).Refusal);
        }
        catch (Exception refused) when (refused is NotServableException or InvalidDataException or ArtifactCorruptedException)
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    [Fact]
    public async Task Start_ThatBeginsTheEngineAnew_SetsTheOldOneAsideAndServesTheModel()
    {
        HomeFolder home = used.CopyTo(folder.Path);
        Damage.Do(home, Database, "emptied");
        List<string> told = [];

        await using ServiceStack stack = await used.StartAsync(home, told.Add, HomeStore.Engine);
        using LiveModel live = await BlobRooms.OpenLiveModelAsync(stack.BlobConnectionString, home, SampleModel.Name, "production", CancellationToken.None);

        string aside = Assert.Single(Directory.EnumerateDirectories(home.Root, "engine.set-aside-*"));
        Assert.Contains(told, line => line.Contains(aside, StringComparison.Ordinal));
        Assert.Null(new HomeGuard(home, TimeProvider.System).Defect(HomeStore.Engine));
    }

    [Theory]
    [InlineData("channels/sample-host/production.json", "emptied")]
    [InlineData("channels/sample-host/production.json", "halved")]
    [InlineData("channels/sample-host/production.json", "null")]
    [InlineData("channels/sample-host/production.json", "deleted")]
    [InlineData("channels/sample-host/production.json", "noise")]
    [InlineData("model.onnx", "emptied")]
    [InlineData("model.onnx", "middle flipped")]
    [InlineData("model.onnx", "deleted")]
    [InlineData("model.sig", "halved")]
    [InlineData("model.sig", "noise")]
    [InlineData("model.sig", "deleted")]
    public async Task LiveModel_OfADamagedStore_IsRefused(string blob, string how)
    {
        HomeFolder home = used.CopyTo(Path.Combine(folder.Path, "home"));
        MemoryBlobStore store = await DamagedAsync(blob, how);

        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => LiveModel.OpenAsync(
            store, new KeyFolder(home.Root).ReadTrustRoot(), SampleModel.Name, "production", TimeProvider.System));

        Assert.DoesNotContain("Object reference", refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refused.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"al")]
    [InlineData("[1,2]")]
    [InlineData("\u0001\u0002\u0003")]
    public async Task AlertState_ThatIsDamaged_IsNamedAndNotBegunAnew(string content)
    {
        MemoryBlobStore store = new();
        await store.CompareAndSwapAsync("alerts/state.json", System.Text.Encoding.UTF8.GetBytes(content), MediaTypes.Json, null);

        var refused = await Assert.ThrowsAsync<IOException>(() => new AlertStore(store).ReadAsync(CancellationToken.None));

        Assert.Contains("alerts/state.json", refused.Message, StringComparison.Ordinal);
        Assert.Contains("backup", refused.Message, StringComparison.Ordinal);
    }

    private async Task<MemoryBlobStore> DamagedAsync(string blob, string how)
    {
        MemoryBlobStore store = new();
        string scratch = Directory.CreateDirectory(Path.Combine(folder.Path, "blob")).FullName;
        foreach ((string name, byte[] original) in used.Blobs)
        {
            byte[]? content = original;
            if (name.EndsWith(blob, StringComparison.Ordinal))
            {
                string file = Path.Combine(scratch, "file");
                await File.WriteAllBytesAsync(file, original);
                Damage.Do(new HomeFolder(scratch), "file", how);
                content = File.Exists(file) ? await File.ReadAllBytesAsync(file) : null;
            }

            if (content is not null)
            {
                await store.CompareAndSwapAsync(name, content, MediaTypes.Json, null);
            }
        }

        return store;
    }

    private static IEnumerable<string> Files(HomeFolder home) => Directory.EnumerateFiles(home.Root, "*", SearchOption.AllDirectories);
}
