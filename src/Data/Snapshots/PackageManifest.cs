using System.Collections.Immutable;
using Lifecycle.Domain;
using Lifecycle.Domain.Files;

namespace Lifecycle.Data.Snapshots;

/// <summary>The files of an installation with their digests, in the format of <c>sha256sum</c>, written when it was complete.</summary>
/// <param name="Folder">Full path of the folder that paths are relative to.</param>
/// <param name="Files">SHA-256 of every file, by path with forward slashes.</param>
public sealed record PackageManifest(string Folder, ImmutableSortedDictionary<string, string> Files)
{
    private const string FileName = "files.sha256";
    private const string Separator = "  ";

    /// <summary>Notes the digests of all files below <paramref name="subfolder"/>.</summary>
    public static void Write(string folder, string subfolder)
    {
        IEnumerable<string> lines = Directory
            .EnumerateFiles(Path.Combine(folder, subfolder), "*", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(folder, file).Replace('\\', '/'), Sha256: Sha256Digest.OfFile(file)))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => $"{file.Sha256}{Separator}{file.Path}");
        File.WriteAllLines(Path.Combine(folder, FileName), lines);
    }

    /// <summary>The manifest of a folder; null if it has none.</summary>
    public static PackageManifest? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return File.Exists(path)
            ? new PackageManifest(folder, RegularFile.ReadLines(path)
                .Select(line => line.Split(Separator, 2))
                .Where(parts => parts.Length == 2)
                .ToImmutableSortedDictionary(parts => parts[1], parts => parts[0], StringComparer.Ordinal))
            : null;
    }

    /// <summary>Whether every file is there and unaltered.</summary>
    public bool Holds() => !Files.IsEmpty && Files.All(file =>
    {
        string path = Path.Combine(Folder, file.Key);
        return File.Exists(path) && Sha256Digest.OfFile(path) == file.Value;
    });
}
