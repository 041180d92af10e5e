namespace Lifecycle.Models.Tests.Samples;

/// <summary>The repository's tracker-cost model trained on two quarters that follow each other.</summary>
public sealed class TrackerCrawls : IAsyncLifetime
{
    public RealTraining Earlier { get; private set; } = null!;

    public RealTraining Later { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Earlier = await RealTraining.OfAsync("tracker-cost", "2024-Q2", TestContext.Current.CancellationToken);
        Later = await RealTraining.OfAsync("tracker-cost", "2024-Q3", TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
