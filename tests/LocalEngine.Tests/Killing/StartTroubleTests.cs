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

    [Theory]
    [InlineData("gone")]
    [InlineData("empty")]
    [InlineData("without a schema")]
    [InlineData("cut")]
    [InlineData("flipped")]
    public async Task Database_ThatMustExistAndIsNotWhole_IsRefusedAndNotMadeAnew(string damage)
    {
        await (await StartAsync(new() { HomeDirectory = home })).DisposeAsync();
        string file = Path.Combine(home, "engine.db");
        await DamageAsync(file, damage);
        byte[]? before = File.Exists(file) ? await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken) : null;

        var refusal = await Assert.ThrowsAsync<EngineStartException>(() => StartAsync(new() { HomeDirectory = home, MustExist = true }));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("backup", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.Exists(file) ? await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken) : null);
    }

    [Fact]
    public async Task Database_ThatMustExistAndDoes_IsServed()
    {
        await (await StartAsync(new() { HomeDirectory = home })).DisposeAsync();

        await using var again = await StartAsync(new() { HomeDirectory = home, MustExist = true });

        Assert.NotEmpty(again.Target);
    }

    [Fact]
    public async Task SearchAttribute_RegisteredWithAnotherKind_IsNamed()
    {
        await (await StartAsync(new() { HomeDirectory = home, SearchAttributes = Model(SearchAttributeKind.Keyword) })).DisposeAsync();

        var refusal = await Assert.ThrowsAsync<EngineStartException>(() => StartAsync(new() { HomeDirectory = home, SearchAttributes = Model(SearchAttributeKind.Int) }));

        Assert.Contains("LifecycleModel", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task DamageAsync(string file, string damage)
    {
        byte[] content = await File.ReadAllBytesAsync(file);
        File.Delete(file);
        switch (damage)
        {
            case "gone":
                break;
            case "empty":
                await File.WriteAllBytesAsync(file, []);
                break;
            case "without a schema":
                await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
                {
                    await connection.OpenAsync();
                    new Statement(connection, "PRAGMA journal_mode = WAL; CREATE TABLE other (x); DROP TABLE other").Execute();
                }

                break;
            case "cut":
                await File.WriteAllBytesAsync(file, content[..(content.Length / 2)]);
                break;
            default:
                content.AsSpan(4096, 8192).Fill(0xee);
                await File.WriteAllBytesAsync(file, content);
                break;
        }
    }

    private static System.Collections.Immutable.ImmutableDictionary<string, SearchAttributeKind> Model(SearchAttributeKind kind) =>
        System.Collections.Immutable.ImmutableDictionary<string, SearchAttributeKind>.Empty.Add("LifecycleModel", kind);

    private static Task<LocalEngineHost> StartAsync(LocalEngineOptions options) => LocalEngineHost.StartAsync(options, TestContext.Current.CancellationToken);
}
