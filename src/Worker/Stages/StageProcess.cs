using System.Diagnostics;
using System.Text.Json;
using Lifecycle.Activities.Stages;
using Lifecycle.Domain;
using Lifecycle.Domain.Runs;
using Lifecycle.Worker.Stages.Confinement;

namespace Lifecycle.Worker.Stages;

/// <summary>A child process that runs a stage, or waits for one. Ended with everything that it started.</summary>
internal sealed class StageProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly string workFolder;
    private readonly StageReports reports;
    private readonly LastWords words = new();
    private readonly Task draining;
    private readonly Func<bool> sees;
    private int killed;

    private StageProcess(Process process, string workFolder, Func<bool> sees)
    {
        (this.process, this.workFolder, this.sees) = (process, workFolder, sees);
        reports = new StageReports(process.StandardOutput.BaseStream);
        draining = words.DrainAsync(process.StandardError.BaseStream);
    }

    /// <summary>Its process id.</summary>
    public int Id => process.Id;

    /// <summary>Whether it can still take a stage: it lives, and may open the files that are there now.</summary>
    public bool IsUsable => !process.HasExited && sees();

    /// <summary>Whether the system keeps it to its files; null as long as it has said nothing.</summary>
    public bool? IsConfined => reports.IsConfined;

    /// <summary>Takes a process that was just started and hands it its two first lines.</summary>
    /// <param name="started">The process.</param>
    /// <param name="workFolder">Its own folder, removed with it.</param>
    /// <param name="confinement">First line.</param>
    /// <param name="setup">Second line.</param>
    /// <param name="sees">Whether the files that it may open are still those that lie there.</param>
    public static async Task<StageProcess> OpenAsync(Process started, string workFolder, StageConfinement confinement, StageSetup setup, Func<bool> sees)
    {
        StageProcess process = new(started, workFolder, sees);
        await process.SendAsync(confinement);
        await process.SendAsync(setup);
        return process;
    }

    /// <summary>Its memory now; null when it is gone.</summary>
    public long? MemoryBytes => MemoryReading.Of(process)?.Now;

    /// <summary>Runs a stage to its end, whatever that is; never throws for it. The child lives on only after an answer.</summary>
    public async Task<StageEnd> RunAsync(StageCall call, StageLimits limits, Action<string> progress, CancellationToken cancellation)
    {
        words.Forget();
        (StageReport? report, long peak) = await ReportAsync(call, limits, progress, cancellation);
        StageKill reason = (StageKill)Volatile.Read(ref killed);
        if (reason == StageKill.None && report?.Answer is { } answer)
        {
            return new StageEnd { Answer = answer, Peak = peak };
        }

        // A child that has reported a failure has nothing to do any more; one that has not is dead, or is about to be, and how is worth knowing.
        if (report is not null)
        {
            EndGroup();
        }

        await process.WaitForExitAsync(CancellationToken.None);
        EndGroup();
        await draining;
        return new StageEnd { Failure = report?.Failure, Kill = reason, ExitCode = process.ExitCode, Peak = peak, Words = words.ToString() };
    }

    /// <summary>Ends it, waits until it is gone, and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        EndGroup();
        await process.WaitForExitAsync(CancellationToken.None);
        await draining;
        process.Dispose();
        try
        {
            Directory.Delete(workFolder, recursive: true);
        }
        catch (Exception leftover) when (leftover is IOException or UnauthorizedAccessException)
        {
            // Scratch space: what cannot be removed now is removed with the folder that holds it.
        }
    }

    private async Task<(StageReport? Report, long Peak)> ReportAsync(StageCall call, StageLimits limits, Action<string> progress, CancellationToken cancellation)
    {
        using CancellationTokenSource deadline = new(StageDeadline.Of(call, limits));
        using CancellationTokenRegistration cancelled = cancellation.Register(() => Kill(StageKill.Cancelled));
        using CancellationTokenRegistration late = deadline.Token.Register(() => Kill(StageKill.Deadline));
        using MemoryWatch watch = new(process, limits.MemoryMegabytes, () => Kill(StageKill.Memory));
        await SendAsync(call);
        StageReport? report = await reports.ReadEndAsync(progress);
        return (report, watch.Peak);
    }

    private void Kill(StageKill reason)
    {
        if (Interlocked.CompareExchange(ref killed, (int)reason, (int)StageKill.None) == (int)StageKill.None)
        {
            EndGroup();
        }
    }

    private void EndGroup()
    {
        if (OperatingSystem.IsWindows())
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            return;
        }

        UnixProcess.EndGroup(process.Id, process.HasExited);
    }

    private async Task SendAsync<T>(T line)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, DomainJson.Compact), (byte)'\n'];
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(bytes);
            await process.StandardInput.BaseStream.FlushAsync();
        }
        catch (IOException)
        {
            // It ended before it read; its end is reported where its answer would have been.
        }
    }
}
