using System.Diagnostics;
using System.Globalization;

namespace Lifecycle.TableSpeed;

/// <summary>Watches the memory of a command and of every process below it, as Linux counts it (VmRSS).</summary>
internal static class ProcessMemory
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task<int> MeasureAsync(string program, IReadOnlyList<string> arguments)
    {
        using Process command = Process.Start(program, arguments);
        long began = Stopwatch.GetTimestamp();
        Dictionary<string, long> most = new(StringComparer.Ordinal);
        while (!command.HasExited)
        {
            Dictionary<string, long> now = Below(command.Id).GroupBy(one => one.Name, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Sum(one => one.Kilobytes), StringComparer.Ordinal);
            now["all together"] = now.Values.Sum();
            now["worker and child"] = now.GetValueOrDefault("worker") + now.GetValueOrDefault("child");
            foreach ((string name, long kilobytes) in now)
            {
                most[name] = Math.Max(most.GetValueOrDefault(name), kilobytes);
            }

            await Task.Delay(Pause);
        }

        await Console.Out.WriteLineAsync("| process | most memory, MB |\n|---|---|");
        foreach ((string name, long kilobytes) in most.OrderBy(one => one.Value))
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {name} | {kilobytes / 1024.0:0} |"));
        }

        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"));
        return command.ExitCode;
    }

    private static IEnumerable<(string Name, long Kilobytes)> Below(int root)
    {
        ILookup<int, int> children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0)
            .Where(id => id > 0)
            .ToLookup(id => (int)Field(id, "PPid:"));
        Queue<int> open = new([root]);
        while (open.TryDequeue(out int id))
        {
            yield return (NameOf(id), Field(id, "VmRSS:"));
            foreach (int child in children[id])
            {
                open.Enqueue(child);
            }
        }
    }

    // The stages' child is the worker's program with the argument 'stage'; what starts the services is the command line's.
    private static string NameOf(int id)
    {
        string[] words = Text(id, "cmdline").Split('\0');
        return words.FirstOrDefault(word => word.Contains("Lifecycle.Worker", StringComparison.Ordinal)) is not null && words.Contains("stage")
            ? "child"
            : words.Any(word => word.Contains("Lifecycle.Cli", StringComparison.Ordinal) || word.Contains("Lifecycle.Worker", StringComparison.Ordinal)) ? "worker" : Path.GetFileName(words[0]);
    }

    private static long Field(int id, string name) => Text(id, "status").Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
        ? long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture)
        : 0;

    private static string Text(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
