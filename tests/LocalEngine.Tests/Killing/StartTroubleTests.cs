using Lifecycle.LocalEngine.Persistence;
using Microsoft.Data.Sqlite;
using Temporalio.Client;

namespace Lifecycle.LocalEngine.Tests.Killing;

public sealed class StartTroubleTests : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("engine-trouble-").FullName;

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public async Task SecondProcess_OnTheSameHome_IsToldWhoHasIt()
    {
        await using var first = new EngineProcess();
        await first.StartAsync();

        var refusal = await Assert.ThrowsAsync<EngineStartException>(() => StartAsync(new() { HomeDirectory = first.Home }));

        Assert.Contains("in use by another process", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(first.Home, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Home_OfAKilledProcess_CanBeTakenAtOnce()
    {
        await using var first = new EngineProcess();
        await first.StartAsync();
        await first.KillAsync();

        await using var second = await StartAsync(new() { HomeDirectory = first.Home });

        Assert.True(await (await TemporalClient.ConnectAsync(new(second.Target))).Connection.CheckHealthAsync());
    }

    [Fact]
    public async Task Port_ThatIsTaken_IsNamed()
    {
        await using var first = await StartAsync(new() { HomeDirectory = home });
        var port = new Uri("http://" + first.Target).Port;

        var refusal = await Assert.ThrowsAsync<EngineStartException>(() => StartAsync(new() { HomeDirectory = Path.Combine(home, "other"), Port = port }));

        Assert.Contains($"port {port}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_OfANewerVersion_IsLeftAlone()
    {
        await (await StartAsync(new() { HomeDirectory = home })).DisposeAsync();
        var newer = Migrations.LatestVersion + 1;
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(home, "engine.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            new Statement(connection, $"PRAGMA user_version = {newer}").Execute();
        }

        var refusal = await Assert.ThrowsAsync<EngineStartException>(() => StartAsync(new() { HomeDirectory = home }));

        Assert.Contains($"schema version {newer}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_ThatIsNone_IsNamed()
    {
        await File.WriteAllTextAsync(Path.Combine(home, "engine.db"), new string('x', 8192), TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<EngineStartException>(() => StartAsync(new() { HomeDirectory = home }));

        Assert.Contains("engine.db", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SearchAttribute_RegisteredWithAnotherKind_IsNamed()
    {
        await (await StartAsync(new() { HomeDirectory = home, SearchAttributes = Model(SearchAttributeKind.Keyword) })).DisposeAsync();

        var refusal = await Assert.ThrowsAsync<EngineStartException>(() => StartAsync(new() { HomeDirectory = home, SearchAttributes = Model(SearchAttributeKind.Int) }));

        Assert.Contains("LifecycleModel", refusal.Message, StringComparison.Ordinal);
    }

    private static System.Collections.Immutable.ImmutableDictionary<string, SearchAttributeKind> Model(SearchAttributeKind kind) =>
        System.Collections.Immutable.ImmutableDictionary<string, SearchAttributeKind>.Empty.Add("LifecycleModel", kind);

    private static Task<LocalEngineHost> StartAsync(LocalEngineOptions options) => LocalEngineHost.StartAsync(options, TestContext.Current.CancellationToken);
}
