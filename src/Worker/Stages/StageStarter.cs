using System.Collections.Concurrent;
using System.Diagnostics;

namespace Lifecycle.Worker.Stages;

/// <summary>
/// Starts processes on one thread that lives as long as this object: Linux takes the thread that started a process for its
/// parent, and a thread of the pool ends when it has nothing to do, which would end the process with it.
/// </summary>
internal sealed class StageStarter : IDisposable
{
    private readonly BlockingCollection<Action> wanted = [];
    private readonly Thread thread;

    public StageStarter()
    {
        thread = new Thread(Work) { IsBackground = true, Name = "stage starter" };
        thread.Start();
    }

    /// <summary>Starts a process.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program is not there.</exception>
    public Task<Process> StartAsync(ProcessStartInfo start)
    {
        TaskCompletionSource<Process> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        wanted.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception failure)
            {
                started.SetException(failure);
            }
        });
        return started.Task;
    }

    /// <summary>Ends the thread, and with it, on Linux, whatever it started that still runs.</summary>
    public void Dispose()
    {
        wanted.CompleteAdding();
        thread.Join();
        wanted.Dispose();
    }

    private void Work()
    {
        foreach (Action start in wanted.GetConsumingEnumerable())
        {
            start();
        }
    }
}
