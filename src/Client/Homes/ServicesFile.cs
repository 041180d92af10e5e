using System.Diagnostics;
using System.Text.Json;
using Lifecycle.Client.Connections;
using Lifecycle.Domain;
using Lifecycle.Domain.Files;

namespace Lifecycle.Client.Homes;

/// <summary>What runs in a home, written by <c>lifecycle up</c> and read by every other verb.</summary>
/// <param name="ProcessId">Process that serves the home.</param>
/// <param name="StartedAtTicks">Its start time, so that a reused process id is not mistaken for it.</param>
/// <param name="Engine">Address of the Temporal-compatible engine.</param>
/// <param name="Namespace">Namespace on it.</param>
/// <param name="BlobConnectionString">Connection string of the blob emulator.</param>
/// <param name="TemporalUi">Address of Temporal UI; null where the engine brings none.</param>
public sealed record ServicesFile(
    int ProcessId, long StartedAtTicks, string Engine, string Namespace, string BlobConnectionString, string? TemporalUi)
{
    /// <summary>Where Prometheus reads metrics; null where none are served.</summary>
    public string? Metrics { get; init; }

    /// <summary>Where arrivals of data are posted; null where none are received.</summary>
    public string? Webhooks { get; init; }

    /// <summary>Reads the home's file; null when nothing runs there, even if a killed process left the file behind.</summary>
    public static ServicesFile? Read(HomeFolder home)
    {
        if (!File.Exists(home.Services))
        {
            return null;
        }

        try
        {
            ServicesFile? file = JsonSerializer.Deserialize<ServicesFile>(RegularFile.ReadText(home.Services), DomainJson.Indented);
            return file is not null && file.FindProcess() is not null ? file : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the file at once or not at all.</summary>
    public void Write(HomeFolder home) => DurableFiles.Local.Write(home.Services, JsonSerializer.Serialize(this, DomainJson.Indented));

    // Every process works out the boot time, and with it this start time, for itself: they differ by microseconds.
    private bool IsSameStart(Process process) =>
        TimeSpan.FromTicks(process.StartTime.ToUniversalTime().Ticks - StartedAtTicks).Duration() < TimeSpan.FromSeconds(2);

    // A killed process keeps its id until its parent asks how it ended, which in a container may be never: it serves nothing.
    private static bool HasEnded(int processId)
    {
        try
        {
            string status = File.ReadAllText($"/proc/{processId}/stat");
            return status[(status.LastIndexOf(')') + 1)..].TrimStart() is ['Z' or 'X' or 'x', ..];
        }
        catch (IOException)
        {
            return false; // a system without /proc, or a process that is gone altogether
        }
    }

    /// <summary>The serving process, if it still lives.</summary>
    public Process? FindProcess()
    {
        try
        {
            Process process = Process.GetProcessById(ProcessId);
            return process.HasExited || HasEnded(ProcessId) || !IsSameStart(process) ? null : process;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
