using System.Text.Json;
using Lifecycle.Client.Homes;
using Lifecycle.Domain;
using Lifecycle.Domain.Files;

namespace Lifecycle.Cli.Homes;

/// <summary>
/// The loopback ports that a home was last served on, <c>ports.json</c>. They are taken again while they are free, so that an
/// address that somebody wrote down, or is connected to, is good after a restart too.
/// </summary>
/// <param name="Engine">Port of the engine.</param>
/// <param name="Blobs">Port of the blob emulator.</param>
/// <param name="TemporalUi">Port of Temporal UI; 0 where the engine brings none.</param>
public sealed record RecordedPorts(int Engine, int Blobs, int TemporalUi)
{
    private const long MaximumBytes = 4096;

    /// <summary>No port is preferred.</summary>
    public static RecordedPorts None { get; } = new(0, 0, 0);

    /// <summary>What the home was last served on; <see cref="None"/> where that is not known.</summary>
    public static RecordedPorts Read(HomeFolder home)
    {
        try
        {
            return File.Exists(PathIn(home)) && JsonSerializer.Deserialize<RecordedPorts>(RegularFile.ReadText(PathIn(home), MaximumBytes), DomainJson.Indented) is { } ports
                ? ports
                : None;
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            // A preference, nothing more.
            return None;
        }
    }

    /// <summary>Writes the file at once or not at all.</summary>
    public void Write(HomeFolder home) => DurableFiles.Local.Write(PathIn(home), JsonSerializer.Serialize(this, DomainJson.Indented));

    private static string PathIn(HomeFolder home) => Path.Combine(home.Root, "ports.json");
}
