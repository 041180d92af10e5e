using System.Diagnostics;
using Lifecycle.Activities;
using Lifecycle.Domain.Runs;
using Lifecycle.Storage;
using Lifecycle.Worker.Stages;

namespace Lifecycle.Activities.Tests.Isolation;

/// <summary>A worker's half of stages, whose children are lines of shell: real processes that say anything at all.</summary>
internal sealed class ShellStages : IAsyncDisposable
{
    /// <summary>What a child reads before it does anything.</summary>
    public const string ReadAll = "read confinement; read setup; read call; ";

    private readonly TemporaryFolder folder = new();

    public ShellStages(string script, TimeSpan? deadline = null)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the children are lines of shell");
        StagePlaces places = new(folder.Path, Path.Combine(folder.Path, "scratch"), Path.Combine(folder.Path, "packages"), folder.Path);
        StageSetup setup = new(places, new BlobStoreOptions(), new StageLimits { MemoryMegabytes = 300, Deadline = deadline ?? TimeSpan.FromMinutes(3) });
        Stages = new ChildStages(setup, 1, _ => { }, new StageLaunch(setup, () => Shell(script)));
    }

    /// <summary>The worker's half.</summary>
    public ChildStages Stages { get; }

    public async ValueTask DisposeAsync()
    {
        await Stages.DisposeAsync();
        folder.Dispose();
    }

    // In a session of its own, as the worker's own program makes itself.
    private static ProcessStartInfo Shell(string script) => new("setsid", ["sh", "-c", script])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
