using System.Collections.Concurrent;
using System.Diagnostics;
using Lifecycle.EndToEnd.Tests.Services;

namespace Lifecycle.EndToEnd.Tests.Kills.Storms;

/// <summary>
/// Kills worker, engine, blob emulator and command lines with SIGKILL, at moments and in an order that a seed decides, until it
/// is told to stop or has killed enough: a machine that starts processes more slowly than they are killed would never get on. What was killed and is no command line is started again at once.
/// </summary>
internal sealed class KillStorm : IAsyncDisposable
{
    private const int Most = 30;

    private readonly SplitServices services;
    private readonly Random random;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<int, Process> verbs = new();
    private readonly Task killing;

    /// <summary>Begins to kill.</summary>
    public KillStorm(SplitServices services, int seed)
    {
        (this.services, random) = (services, new Random(seed));
        killing = Task.Run(KillAsync);
    }

    /// <summary>How many processes were killed.</summary>
    public int Count { get; private set; }

    /// <summary>Offers a command line to be killed until it ends.</summary>
    public void Offer(Process verb) => verbs[verb.Id] = verb;

    /// <summary>Takes the offer back.</summary>
    public void Withdraw(Process verb) => verbs.TryRemove(verb.Id, out _);

    /// <summary>Ends the storm after the kill in work; fails if a kill failed.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await killing;
        stop.Dispose();
    }

    private async Task KillAsync()
    {
        while (!stop.IsCancellationRequested && Count < Most)
        {
            // The moments are random; whether anything is found to be killed there is not asked of a clock.
            await Task.Delay(random.Next(100, 2500));
            if (!stop.IsCancellationRequested && await KillOneAsync(random.Next(5)))
            {
                Count++;
            }
        }
    }

    private async Task<bool> KillOneAsync(int victim)
    {
        switch (victim)
        {
            case 0 or 1:
                await services.KillWorkerAsync();
                return true;
            case 2:
                await services.KillEngineAsync();
                return true;
            case 3:
                await services.KillBlobsAsync();
                return true;
            default:
                return KillVerb();
        }
    }

    private bool KillVerb()
    {
        Process? verb = verbs.Values.FirstOrDefault();
        if (verb is null)
        {
            return false;
        }

        try
        {
            verb.Kill();
            return true;
        }
        catch (InvalidOperationException)
        {
            // It ended by itself a moment ago.
            return false;
        }
    }
}
