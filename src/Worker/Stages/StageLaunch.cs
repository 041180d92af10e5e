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

    /// <summary>Starts one; it has its two first lines, and may not have read them yet.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program is not there.</exception>
    public async Task<StageProcess> StartAsync()
    {
        string parent = Path.GetFullPath(setup.Places.WorkFolder ?? Path.Combine(setup.Places.ScratchFolder, "work"));
        string work = Directory.CreateDirectory(Path.Combine(parent, $"child-{Path.GetRandomFileName()}")).FullName;
        Directory.CreateDirectory(setup.Places.PackagesFolder);
        ProcessStartInfo start = program?.Invoke() ?? StageProgram.StartInfo();
        StageEnvironment.Reduce(start.Environment, setup.Limits.MemoryMegabytes, work);
        KeyFolder keys = new(setup.Places.KeysHome);
        StageConfinement confinement = new(
            [Path.GetFullPath(setup.Places.ScratchFolder), work, Path.GetFullPath(setup.Places.PackagesFolder)],
            [Path.GetFullPath(setup.Places.ModelsFolder), Path.GetFullPath(keys.EnrolmentPath), .. setup.Places.DataFolders.Select(Path.GetFullPath)],
            Path.GetFullPath(keys.Folder));
        Process started = await starter.StartAsync(start);
        return await StageProcess.OpenAsync(started, work, confinement, setup with { Places = setup.Places with { WorkFolder = work } });
    }

    /// <summary>Ends, on Linux, whatever it started that still runs.</summary>
    public void Dispose() => starter.Dispose();
}
