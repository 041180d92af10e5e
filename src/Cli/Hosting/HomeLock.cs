using System.Globalization;
using Lifecycle.Cli.Failures;
using Lifecycle.Client.Homes;
using Lifecycle.Domain.Files;

namespace Lifecycle.Cli.Hosting;

/// <summary>
/// Keeps a second process out of a home while one serves it. Held by the operating system, so that a killed process leaves
/// no stale lock.
/// </summary>
public sealed class HomeLock : IDisposable
{
    private readonly FileStream file;

    private HomeLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock, or says who has it.</summary>
    public static HomeLock Take(HomeFolder home)
    {
        string path = Path.Combine(home.Root, "lock");
        string owner = Path.Combine(home.Root, "lock.pid");
        try
        {
            FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new HomeLock(file);
        }
        catch (IOException taken)
        {
            string pid = File.Exists(owner) ? RegularFile.ReadText(owner).Trim() : "unknown";
            throw new CommandException(
                ExitCodes.Unavailable,
                $"another lifecycle process (pid {pid}) serves the home {home.Root}; stop it with 'lifecycle down', or choose another home with --home",
                taken);
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => file.Dispose();
}
