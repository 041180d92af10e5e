using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Cli.Failures;
using Lifecycle.Client.Homes;
using Lifecycle.Domain;
using Lifecycle.Domain.Files;
using Lifecycle.Publishing.Keys;
using Lifecycle.Storage.Emulator;

namespace Lifecycle.Cli.Homes;

/// <summary>
/// What a home has held, in its <c>home.json</c>: so that an empty store is told from a new one. Written when a store was made,
/// before anything is accepted into it. A home of a program that wrote none is judged by its files. Format: docs/formats/home.md.
/// </summary>
public sealed record HomeMarker
{
    private const int Current = 1;

    /// <summary>Number of the format.</summary>
    public required int Version { get; init; }

    /// <summary>The stores that were made, each with the time at which that was first known.</summary>
    public required ImmutableSortedDictionary<HomeStore, DateTimeOffset> Made { get; init; }

    /// <summary>The home's marker; of a home without one, what its files tell.</summary>
    /// <exception cref="CommandException">The file cannot be read.</exception>
    public static HomeMarker Of(HomeFolder home, TimeProvider time)
    {
        if (!File.Exists(home.Marker))
        {
            DateTimeOffset now = time.GetUtcNow();
            return new() { Version = Current, Made = Evident(home).ToImmutableSortedDictionary(store => store, _ => now) };
        }

        try
        {
            HomeMarker? found = JsonSerializer.Deserialize<HomeMarker>(RegularFile.ReadText(home.Marker), DomainJson.Indented);
            return found is { Version: Current, Made: not null }
                ? found
                : throw new JsonException(found is null ? "null instead of an object" : $"version is {found.Version}, this program knows {Current}");
        }
        catch (Exception defect) when (defect is JsonException or NotSupportedException)
        {
            throw new CommandException(
                ExitCodes.Unavailable,
                $"{home.Marker} ({new FileInfo(home.Marker).Length} bytes) cannot be read, expected the list of what the home has held: {defect.Message}; restore it from a backup, or move it away: it is then made from the files that are there",
                defect);
        }
    }

    /// <summary>Whether a store was made.</summary>
    public bool Holds(HomeStore store) => Made.ContainsKey(store);

    /// <summary>Notes stores that were made just now; those that are known keep their time.</summary>
    public HomeMarker With(TimeProvider time, params IEnumerable<HomeStore> stores) =>
        this with { Made = Made.AddRange(stores.Distinct().Where(store => !Holds(store)).Select(store => KeyValuePair.Create(store, time.GetUtcNow()))) };

    /// <summary>Forgets a store, which may then begin anew.</summary>
    public HomeMarker Without(HomeStore store) => this with { Made = Made.Remove(store) };

    /// <summary>Writes the marker, unless the home has this very one or nothing was made.</summary>
    public void Write(HomeFolder home)
    {
        string text = JsonSerializer.Serialize(this, DomainJson.Indented) + "\n";
        if (Made.Count > 0 && (!File.Exists(home.Marker) || RegularFile.ReadText(home.Marker) != text))
        {
            DurableFiles.Local.Write(home.Marker, text);
        }
    }

    // A start that was killed before it noted anything leaves parts of an empty home. Bytes of blobs, and a database with pages,
    // are from later: by then all parts had been made.
    private static IEnumerable<HomeStore> Evident(HomeFolder home)
    {
        EmulatorData blobs = new(home.Blobs);
        bool hasRuns = SqliteFile.IsThere(home.EngineDatabase) || SqliteFile.IsThere(home.TemporalDatabase);
        if (SqliteFile.IsThere(home.EngineDatabase) || (blobs.HasExtents && !SqliteFile.IsThere(home.TemporalDatabase)))
        {
            yield return HomeStore.Engine;
        }

        if (SqliteFile.IsThere(home.TemporalDatabase))
        {
            yield return HomeStore.Temporal;
        }

        if (blobs.HasExtents || File.Exists(blobs.Index))
        {
            yield return HomeStore.Blobs;
        }

        if (blobs.HasExtents || File.Exists(new KeyFolder(home.Root).EnrolmentPath) || (hasRuns && File.Exists(blobs.Index)))
        {
            yield return HomeStore.Trust;
        }
    }
}
