using Lifecycle.Training.Trainers;
using Microsoft.ML;

namespace Lifecycle.Training.FastTree;

/// <summary>
/// Counts the trees of a training by what ML.NET logs, since it grows all of them in one call, and ends that call where the training is to
/// stop: what a listener throws goes through.
/// </summary>
/// <param name="heartbeat">Told of each tree.</param>
/// <param name="before">Trees of the scores before this one.</param>
/// <param name="wanted">Trees of all scores.</param>
/// <param name="cancellation">Whether the training is to stop.</param>
internal sealed class TreeCount(Heartbeat heartbeat, int before, int wanted, CancellationToken cancellation)
{
    private const string Source = "FastTreeTraining";
    private const string AfterEachTree = "numTotalTrees left";

    private int done;

    /// <summary>Listens to a context's log.</summary>
    public void Listen(object? sender, LoggingEventArgs message)
    {
        cancellation.ThrowIfCancellationRequested();
        if (message.Source.StartsWith(Source, StringComparison.Ordinal) && message.RawMessage.StartsWith(AfterEachTree, StringComparison.Ordinal))
        {
            heartbeat.Advance(before + ++done, wanted, cancellation);
        }
    }

    /// <summary>Lets a training that reads rows stop between two of them.</summary>
    public void Check() => cancellation.ThrowIfCancellationRequested();
}
