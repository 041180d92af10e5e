using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Tests.Testing;
using static Lifecycle.Serving.Tests.Testing.LoggerWorld;

namespace Lifecycle.Serving.Tests.Logging;

public sealed class JournalTests : IDisposable
{
    private readonly LoggerWorld world = new();

    [Fact]
    public async Task Journal_OfALoggerClosedWhileTheStoreWasAway_IsUploadedByTheNext()
    {
        world.Store.IsAway = true;
        PredictionLogger first = world.Open(world.Options);
        await first.LogAsync(Row("a"));
        await world.CloseAsync(first);
        world.Store.IsAway = false;

        await using PredictionLogger second = world.Open(world.Options);
        await second.FlushAsync();
        Assert.Equal(1, second.Counters.RecoveredCount);
        Assert.Equal(["a"], await world.IdsAsync());
    }

    [Fact]
    public async Task Journal_WithATornLastLine_GivesBackTheRowsBeforeIt()
    {
        await WriteJournalAsync("""{"requestId":"a","time":"2024-03-01T00:00:00+00:00","input":"a.example","probability":0.5}""" + "\n{\"requestId\":\"b\",\"ti");
        await using PredictionLogger logger = world.Open(world.Options);
        await logger.FlushAsync();
        Assert.Equal((1, 1), (logger.Counters.RecoveredCount, logger.Counters.DamagedLineCount));
        Assert.Equal(["a"], await world.IdsAsync());
    }

    [Fact]
    public async Task Journal_WithADamagedLineInTheMiddle_GivesBackTheOthers()
    {
        string row = """{"requestId":"ID","time":"2024-03-01T00:00:00+00:00","input":"a.example"}""";
        await WriteJournalAsync(row.Replace("ID", "a") + "\n\0\0\0\n" + row.Replace("ID", "b") + "\n");
        await using PredictionLogger logger = world.Open(world.Options);
        await logger.FlushAsync();
        Assert.Equal(1, logger.Counters.DamagedLineCount);
        Assert.Equal(["a", "b"], await world.IdsAsync());
    }

    [Fact]
    public async Task Journal_InUse_IsRefusedToAnotherLogger()
    {
        await using PredictionLogger logger = world.Open(world.Options);
        Assert.Contains("in use by another logger", Assert.Throws<IOException>(() => world.Open(world.Options)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => world.Dispose();

    private Task WriteJournalAsync(string content)
    {
        Directory.CreateDirectory(world.Folder["journal"]);
        return File.WriteAllTextAsync(Path.Combine(world.Folder["journal"], "000000000001.open"), content);
    }
}
