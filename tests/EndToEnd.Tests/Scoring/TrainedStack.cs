using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Storage;

namespace Lifecycle.EndToEnd.Tests.Scoring;

/// <summary>A whole home with a live sample model, made once for all tests of a class.</summary>
public sealed class TrainedStack : IAsyncLifetime
{
    /// <summary>The home.</summary>
    internal SampleStack Stack { get; private set; } = null!;

    /// <summary>The run that made the live model.</summary>
    internal RetrainingState Trained { get; private set; } = null!;

    /// <summary>Its blob store.</summary>
    internal IBlobStore Store => Stack.Store;

    /// <summary>Starts it and trains the model.</summary>
    public async ValueTask InitializeAsync()
    {
        Stack = await SampleStack.StartAsync(EngineKind.Local);
        Trained = await SampleRuns.RetrainAsync(Stack.Client, Stack.Home, "2024-01");
        Assert.Equal(RetrainingOutcome.Promoted, Trained.Outcome);
    }

    /// <summary>Ends it.</summary>
    public ValueTask DisposeAsync() => Stack.DisposeAsync();
}
