using System.Diagnostics;
using System.Globalization;

namespace Lifecycle.Worker.Stages;

/// <summary>How much memory a child and what it started have now, and the child had at most.</summary>
/// <param name="Now">Bytes in memory.</param>
/// <param name="Peak">Most bytes in memory so far.</param>
internal readonly record struct MemoryReading(long Now, long Peak)
{
    /// <summary>Reads it; null when the process is gone.</summary>
    public static MemoryReading? Of(Process process) => OperatingSystem.IsLinux() ? OfStatus($"/proc/{process.Id}/status") : OfHandle(process);

    /// <summary>Lets the peak begin anew from what the process has now, where the system can.</summary>
    public static void ForgetPeak(Process process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                File.WriteAllText($"/proc/{process.Id}/clear_refs", "5");
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The peak is then that of all stages of the child so far.
        }
    }

    /// <summary>Bytes of the other processes in the child's group, such as npm.</summary>
    public static long OfGroup(int leader) => !OperatingSystem.IsLinux() ? 0 : Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0)
        .Where(id => id != 0 && id != leader && GroupOf(id) == leader)
        .Sum(id => OfStatus($"/proc/{id}/status")?.Now ?? 0);

    private static MemoryReading? OfStatus(string path)
    {
        try
        {
            long now = 0;
            long peak = 0;
            foreach (string line in File.ReadLines(path))
            {
                now = line.StartsWith("VmRSS:", StringComparison.Ordinal) ? Kilobytes(line) << 10 : now;
                peak = line.StartsWith("VmHWM:", StringComparison.Ordinal) ? Kilobytes(line) << 10 : peak;
            }

            return now == 0 ? null : new MemoryReading(now, Math.Max(now, peak));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static MemoryReading? OfHandle(Process process)
    {
        try
        {
            process.Refresh();
            return new MemoryReading(process.WorkingSet64, Math.Max(process.WorkingSet64, process.PeakWorkingSet64));
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static long Kilobytes(string line) =>
        long.Parse(line.AsSpan()[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture);

    // Fields of stat after the program's name, which may hold anything but ends with the last parenthesis: state, parent, group.
    private static int GroupOf(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return int.Parse(fields[2], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
