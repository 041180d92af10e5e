using System.Globalization;
using Lifecycle.Client.Homes;

namespace Lifecycle.EndToEnd.Tests.Isolation;

/// <summary>The child processes of one home's stages, as the system lists them.</summary>
internal sealed class StageChildren(HomeFolder home)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Ids of all of them, the waiting one among them.</summary>
    public IReadOnlyList<int> All() => [.. Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0)
        .Where(id => id != 0 && WorkFolderOf(id) is not null)];

    /// <summary>Waits for one that works on a snapshot.</summary>
    public async Task<int> WorkingAsync(ICollection<int>? except = null)
    {
        using CancellationTokenSource limit = new(Patience);
        while (true)
        {
            int found = All().FirstOrDefault(id => except?.Contains(id) != true && IsWorking(id));
            if (found != 0)
            {
                return found;
            }

            await Task.Delay(Pause, limit.Token);
        }
    }

    /// <summary>Waits until a process is gone, and writes down how long that took (bench/README.md).</summary>
    public static async Task GoneAsync(int id, TimeSpan within)
    {
        long began = TimeProvider.System.GetTimestamp();
        using CancellationTokenSource limit = new(within);
        while (IsRunning(id))
        {
            await Task.Delay(Pause, limit.Token);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"the child was gone after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.00} s");
    }

    // One that was killed and not yet waited for has no memory any more.
    private static bool IsRunning(int id)
    {
        try
        {
            return File.ReadLines($"/proc/{id}/status").Any(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false;
        }
    }

    private bool IsWorking(int id) =>
        WorkFolderOf(id) is { } folder && Directory.Exists(folder) && Directory.EnumerateDirectories(folder, "snapshot-*").Any();

    private string? WorkFolderOf(int id)
    {
        try
        {
            string prefix = $"TMPDIR={home.Scratch}/work/child-";
            return File.ReadAllText($"/proc/{id}/environ").Split('\0').FirstOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal))?["TMPDIR=".Length..];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
