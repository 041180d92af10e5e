using System.Diagnostics;

namespace Lifecycle.Worker.Stages;

/// <summary>
/// Reads a child's memory ten times a second, on a thread of its own so that a busy pool does not blind it, and tells when it
/// is above the limit. What a process takes within a tenth of a second is the wall's thickness.
/// </summary>
internal sealed class MemoryWatch : IDisposable
{
    private const int TicksBetweenGroups = 10;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly Process process;
    private readonly long limit;
    private readonly Action exceeded;
    private readonly ManualResetEventSlim stop = new();
    private readonly Thread thread;
    private long peak;

    /// <summary>Begins to watch.</summary>
    /// <param name="process">The child.</param>
    /// <param name="limitMegabytes">The wall.</param>
    /// <param name="exceeded">Called once, when the child is above it.</param>
    public MemoryWatch(Process process, int limitMegabytes, Action exceeded)
    {
        (this.process, limit, this.exceeded) = (process, (long)limitMegabytes << 20, exceeded);
        MemoryReading.ForgetPeak(process);
        thread = new Thread(Watch) { IsBackground = true, Name = "stage memory" };
        thread.Start();
    }

    /// <summary>Most bytes that were seen.</summary>
    public long Peak => Volatile.Read(ref peak);

    /// <summary>Ends the watch.</summary>
    public void Dispose()
    {
        stop.Set();
        thread.Join();
        stop.Dispose();
    }

    private void Watch()
    {
        long others = 0;
        for (int tick = 0; MemoryReading.Of(process) is { } reading; tick++)
        {
            others = tick % TicksBetweenGroups == 0 ? MemoryReading.OfGroup(process.Id) : others;
            Volatile.Write(ref peak, Math.Max(peak, reading.Peak + others));
            if (reading.Now + others > limit)
            {
                exceeded();
                return;
            }

            if (stop.Wait(Tick))
            {
                return;
            }
        }
    }
}
