using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Services;

namespace Lifecycle.EndToEnd.Tests.Kills;

/// <summary>The same run with nothing killed, made once for all tests of a class.</summary>
public sealed class UndisturbedRun : IAsyncLifetime
{
    /// <summary>What it left behind.</summary>
    internal PublishedBytes Published { get; private set; } = null!;

    /// <summary>Makes the run.</summary>
    public async ValueTask InitializeAsync()
    {
        await using SplitServices services = await SplitServices.StartAsync();
        RetrainingState state = await SampleRuns.RetrainAsync(services.Client, services.Home, "2024-01");
        Published = await PublishedBytes.ReadAsync(services.Store, state);
    }

    /// <summary>Nothing is left to end.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
