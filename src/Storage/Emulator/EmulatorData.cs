using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Domain.Files;

namespace Lifecycle.Storage.Emulator;

/// <summary>
/// The blob emulator's folder as it lies on the disk, while no emulator serves it: two indexes, and the extents with the
/// blobs' bytes. The emulator itself takes an index that is empty or gone for a new beginning.
/// </summary>
/// <param name="Folder">The data folder.</param>
public sealed record EmulatorData(string Folder)
{
    private const string Containers = "$CONTAINERS_COLLECTION$";

    /// <summary>The index of containers and blobs.</summary>
    public string Index => Path.Combine(Folder, "__azurite_db_blob__.json");

    /// <summary>The index of extents.</summary>
    public string ExtentIndex => Path.Combine(Folder, "__azurite_db_blob_extent__.json");

    /// <summary>Where the extents lie.</summary>
    public string Extents => Path.Combine(Folder, "__blobstorage__");

    /// <summary>Whether blobs were ever written into it.</summary>
    public bool HasExtents => Directory.Exists(Extents) && Directory.EnumerateFiles(Extents).Any();

    /// <summary>Why a used folder cannot be served, naming the file; null when it can.</summary>
    public string? Defect() => DefectOf(Index, Containers) ?? DefectOf(ExtentIndex, null);

    /// <summary>Extents that the index names and that are gone or shorter than it says: their blobs cannot be read.</summary>
    /// <remarks>Call it only where <see cref="Defect"/> found nothing.</remarks>
    public ImmutableArray<string> LostExtents()
    {
        using JsonDocument index = JsonDocument.Parse(RegularFile.ReadBytes(ExtentIndex));
        return [.. Rows(index).Where(IsLost).Select(row => row.GetProperty("id").GetString()!).Order(StringComparer.Ordinal)];
    }

    private static string? DefectOf(string path, string? mustHaveRows)
    {
        FileInfo file = new(path);
        if (!file.Exists || file.Length == 0)
        {
            return $"{path} {(file.Exists ? "has 0 bytes" : "is missing")}, expected the blob emulator's index";
        }

        try
        {
            using JsonDocument index = JsonDocument.Parse(RegularFile.ReadBytes(path));
            return Collections(index).Any(collection => mustHaveRows is null || (NameOf(collection) == mustHaveRows && collection.GetProperty("data").GetArrayLength() > 0))
                ? null
                : $"{path} is an index of nothing, expected the blob emulator's index with its containers";
        }
        catch (Exception defect) when (defect is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"{path} ({file.Length} bytes) cannot be read, expected the blob emulator's index: {defect.Message}";
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be read: {refused.Message}";
        }
    }

    private static JsonElement[] Collections(JsonDocument index) =>
        index.RootElement.ValueKind == JsonValueKind.Object && index.RootElement.TryGetProperty("collections", out JsonElement collections)
            ? [.. collections.EnumerateArray()]
            : [];

    private static IEnumerable<JsonElement> Rows(JsonDocument index) =>
        Collections(index).Where(collection => collection.TryGetProperty("data", out _)).SelectMany(collection => collection.GetProperty("data").EnumerateArray());

    private static string? NameOf(JsonElement collection) => collection.TryGetProperty("name", out JsonElement name) ? name.GetString() : null;

    private bool IsLost(JsonElement extent)
    {
        if (!extent.TryGetProperty("id", out JsonElement id) || !extent.TryGetProperty("size", out JsonElement size) || id.GetString() is not { } name)
        {
            return false;
        }

        FileInfo file = new(Path.Combine(Extents, Path.GetFileName(name)));
        return !file.Exists || file.Length < size.GetInt64();
    }
}
