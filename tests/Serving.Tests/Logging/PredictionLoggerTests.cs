using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Tests.Testing;
using static Lifecycle.Serving.Tests.Testing.LoggerWorld;

namespace Lifecycle.Serving.Tests.Logging;

public sealed class PredictionLoggerTests : IDisposable
{
    private readonly LoggerWorld world = new();

    [Theory]
    [InlineData(LogDurability.Memory)]
    [InlineData(LogDurability.Journal)]
    public async Task Part_ThatIsFull_IsUploaded(LogDurability durability)
    {
        await using PredictionLogger logger = world.Open(world.Options with { Durability = durability, PartRows = 3 });
        for (int i = 0; i < 7; i++)
        {
            Assert.Equal(LogOutcome.Logged, await logger.LogAsync(Row($"r{i}")));
        }

        await UntilAsync(() => logger.Counters.UploadedCount == 6);
        Assert.Equal((7, 1), (logger.Counters.LoggedCount, logger.Counters.WaitingCount));
        Assert.Equal(["r0", "r1", "r2", "r3", "r4", "r5"], await world.IdsAsync());
    }

    [Fact]
    public async Task Part_ThatIsOld_IsUploaded()
    {
        await using PredictionLogger logger = world.Open(world.Options with { PartAge = TimeSpan.FromMinutes(1) });
        await logger.LogAsync(Row("a"));
        await UntilAsync(() => logger.Counters.LoggedCount == 1);
        world.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(await world.IdsAsync());
        world.Clock.Advance(TimeSpan.FromSeconds(2));
        await UntilAsync(() => logger.Counters.UploadedCount == 1);
    }

    [Fact]
    public async Task Flush_UploadsWhatWasLogged()
    {
        await using PredictionLogger logger = world.Open(world.Options with { Durability = LogDurability.Memory });
        await logger.LogAsync(Row("a"));
        await logger.FlushAsync();
        Assert.Equal(["a"], await world.IdsAsync());
    }

    [Fact]
    public async Task Store_ThatIsAway_StopsNobody_AndHasAllRowsWhenItIsBack()
    {
        world.Store.IsAway = true;
        await using PredictionLogger logger = world.Open(world.Options with { PartRows = 1 });
        Assert.Equal(LogOutcome.Logged, await logger.LogAsync(Row("a")));
        await UntilAsync(() => logger.Counters.FailedUploadCount == 1);
        Assert.Contains("does not answer", logger.Counters.LastFailure, StringComparison.Ordinal);
        world.Store.IsAway = false;
        await UntilAsync(() =>
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            return logger.Counters.UploadedCount == 1;
        });
        Assert.Equal(["a"], await world.IdsAsync());
    }

    [Fact]
    public async Task Buffer_ThatIsFull_DropsAndCounts()
    {
        world.Store.IsAway = true;
        await using PredictionLogger logger = world.Open(world.Options with { PartRows = 2, BufferRows = 2 });
        Assert.Equal(LogOutcome.Logged, await logger.LogAsync(Row("a")));
        Assert.Equal(LogOutcome.Logged, await logger.LogAsync(Row("b")));
        Assert.Equal(LogOutcome.Dropped, await logger.LogAsync(Row("c")));
        Assert.Equal(1, logger.Counters.DroppedCount);
    }

    [Fact]
    public async Task Buffer_ThatIsFull_BlocksUntilThereIsRoom()
    {
        world.Store.IsAway = true;
        await using PredictionLogger logger = world.Open(world.Options with { PartRows = 1, BufferRows = 1, BackPressure = BackPressure.Block });
        await logger.LogAsync(Row("a"));
        ValueTask<LogOutcome> waiting = logger.LogAsync(Row("b"));
        Assert.False(waiting.IsCompleted);
        world.Store.IsAway = false;
        await UntilAsync(() =>
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            return logger.Counters.UploadedCount == 2;
        });
        Assert.Equal(LogOutcome.Logged, await waiting);
    }

    [Fact]
    public async Task Wait_ThatIsCancelled_IsADroppedRow_NotAnException()
    {
        world.Store.IsAway = true;
        await using PredictionLogger logger = world.Open(world.Options with { PartRows = 1, BufferRows = 1, BackPressure = BackPressure.Block });
        await logger.LogAsync(Row("a"));
        Assert.Equal(LogOutcome.Dropped, await logger.LogAsync(Row("b"), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Row_ThatCannotBeWritten_IsDropped_AndTheOthersAreNot()
    {
        await using PredictionLogger logger = world.Open(world.Options with { Sync = JournalSync.EveryRow });
        Assert.Equal(LogOutcome.Dropped, await logger.LogAsync(Row("broken") with { Prediction = float.NaN }));
        Assert.Equal(LogOutcome.Logged, await logger.LogAsync(Row("sound")));
        await logger.FlushAsync();
        Assert.Equal(["sound"], await world.IdsAsync());
    }

    [Fact]
    public async Task Log_AfterClosing_IsDropped()
    {
        PredictionLogger logger = world.Open(world.Options);
        await logger.DisposeAsync();
        Assert.Equal(LogOutcome.Dropped, await logger.LogAsync(Row("a")));
    }

    [Fact]
    public async Task Wait_OfALoggerThatIsClosed_IsADroppedRow()
    {
        world.Store.IsAway = true;
        PredictionLogger logger = world.Open(world.Options with { PartRows = 1, BufferRows = 1, BackPressure = BackPressure.Block });
        await logger.LogAsync(Row("a"));
        ValueTask<LogOutcome> waiting = logger.LogAsync(Row("b"));
        await world.CloseAsync(logger);
        Assert.Equal(LogOutcome.Dropped, await waiting);
        Assert.Equal(LogOutcome.Dropped, await logger.LogAsync(Row("c")));
    }

    [Fact]
    public void Options_ThatCannotWork_AreRefusedByName()
    {
        Assert.Contains("JournalFolder", Refusal(world.Options with { JournalFolder = null }), StringComparison.Ordinal);
        Assert.Contains("SampleRate", Refusal(world.Options with { SampleRate = 1.5 }), StringComparison.Ordinal);
        Assert.Contains("BufferRows", Refusal(world.Options with { BufferRows = 1 }), StringComparison.Ordinal);
    }

    public void Dispose() => world.Dispose();

    private string Refusal(PredictionLoggerOptions options) => Assert.Throws<ArgumentException>(() => world.Open(options)).Message;
}
