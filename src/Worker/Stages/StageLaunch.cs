using System.Collections.Immutable;
using System.Diagnostics;
using Lifecycle.Publishing.Keys;
using Lifecycle.Worker.Stages.Confinement;

namespace Lifecycle.Worker.Stages;

/// <summary>Starts children, each with a folder of its own, an environment without secrets, and its files named.</summary>
/// <param name="setup">What the stages are composed of.</param>
/// <param name="program">How a child is started; null starts the worker's own program.</param>
internal sealed class StageLaunch(StageSetup setup, Func<ProcessStartInfo>? program = null) : IDisposable
{
    private readonly StageStarter starter = new();

    private KeyFolder Keys => new(setup.Places.KeysHome);

    /// <summary>Starts one; it has its two first lines, and may not have read them yet.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program is not there.</exception>
    public async Task<StageProcess> StartAsync()
    {
        string parent = Path.GetFullPath(setup.Places.WorkFolder ?? Path.Combine(setup.Places.ScratchFolder, "work"));
        string work = Directory.CreateDirectory(Path.Combine(parent, $"child-{Path.GetRandomFileName()}")).FullName;
        Directory.CreateDirectory(setup.Places.PackagesFolder);
        ProcessStartInfo start = program?.Invoke() ?? StageProgram.StartInfo();
        StageEnvironment.Reduce(start.Environment, setup.Limits.MemoryMegabytes, work);
        StageConfinement confinement = new(
            [Path.GetFullPath(setup.Places.ScratchFolder), work, Path.GetFullPath(setup.Places.PackagesFolder)], Readable(), Path.GetFullPath(Keys.Folder));
        ImmutableArray<DateTime> made = ReadableMade();
        Process started = await starter.StartAsync(start);
        return await StageProcess.OpenAsync(
            started, work, confinement, setup with { Places = setup.Places with { WorkFolder = work } }, () => made.SequenceEqual(ReadableMade()));
    }

    /// <summary>Ends, on Linux, whatever it started that still runs.</summary>
    public void Dispose() => starter.Dispose();

    // A child is kept to its files as they lay there when it started: one that was replaced since, as an enrolment is, is none of them.
    private ImmutableArray<DateTime> ReadableMade() => [.. Readable().Select(File.GetCreationTimeUtc)];

    private ImmutableArray<string> Readable() =>
        [Path.GetFullPath(setup.Places.ModelsFolder), Path.GetFullPath(Keys.EnrolmentPath), .. setup.Places.DataFolders.Select(Path.GetFullPath)];
}
