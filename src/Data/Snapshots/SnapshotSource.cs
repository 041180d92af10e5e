using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Files;
using Lifecycle.Domain.Models;

namespace Lifecycle.Data.Snapshots;

/// <summary>The folder that a script reads, with the variables it reads it by.</summary>
/// <param name="Folder">Full path of the only folder that may be read.</param>
/// <param name="Variables">Values of <c>getvariable('name')</c>.</param>
/// <param name="Files">Plain data files by path relative to <paramref name="Folder"/>; empty for packages.</param>
internal sealed record SnapshotSource(string Folder, ImmutableSortedDictionary<string, string> Variables, ImmutableArray<string> Files)
{
    /// <summary>Name of the feedback among the variables and the sources.</summary>
    public const string FeedbackName = "feedback";

    /// <summary>The source of packages.</summary>
    public static SnapshotSource OfPackages(InstalledPackages packages, SnapshotDefinition snapshot) =>
        new(packages.Folder, Common(packages.Folder, snapshot), []);

    /// <summary>The source of plain files.</summary>
    /// <exception cref="InvalidDataSourceException">A file is missing, empty, or reached through a link that leaves the folder.</exception>
    public static SnapshotSource OfFiles(string modelFolder, DataSourceDefinition source, SnapshotDefinition snapshot)
    {
        ImmutableSortedDictionary<string, string> relative = source.Files.ToImmutableSortedDictionary(
            file => file.Key, file => file.Value.Replace("{snapshot}", snapshot.Id, StringComparison.Ordinal), StringComparer.Ordinal);
        foreach (string path in relative.Values)
        {
            Check(modelFolder, path);
        }

        return new SnapshotSource(
            modelFolder,
            Common(modelFolder, snapshot).AddRange(relative.Select(file => KeyValuePair.Create(file.Key, Path.Combine(modelFolder, file.Value)))),
            [.. relative.Values]);
    }

    /// <summary>Full path of the feedback's file, which lies outside the folder; null when the model takes none.</summary>
    public string? Feedback { get; init; }

    /// <summary>The source with feedback.</summary>
    public SnapshotSource WithFeedback(string path) => this with { Feedback = path, Variables = Variables.SetItem(FeedbackName, path) };

    /// <summary>Full paths of all folders that a script may open, <paramref name="staging"/> among them.</summary>
    public IEnumerable<string> Folders(string staging) =>
        Feedback is null ? [Folder, staging] : [Folder, staging, Path.GetDirectoryName(Feedback)!];

    /// <summary>Digests of files, by their paths relative to <see cref="Folder"/>, sorted.</summary>
    /// <exception cref="InvalidDataSourceException">One of them changes while it is read.</exception>
    public ImmutableArray<SourceDigest> Digests(IEnumerable<string> relativePaths) =>
        [.. relativePaths.Order(StringComparer.Ordinal).Select(path => new SourceDigest(path, DigestOf(path)))];

    /// <summary>Those of the paths that lie in the folder, relative to it with forward slashes.</summary>
    public ImmutableArray<string> Relative(IEnumerable<string> fullPaths) =>
        [.. fullPaths
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("..", StringComparison.Ordinal))
            .Distinct()];

    /// <summary>What is said of a file that is still being written.</summary>
    public static string ChangedSentence(string name) => $"data file '{name}' changed while it was read; wait until it is written completely and try again";

    private string DigestOf(string relative)
    {
        try
        {
            return Sha256Digest.OfFile(Path.Combine(Folder, relative));
        }
        catch (FileChangedException)
        {
            throw new InvalidDataSourceException(ChangedSentence(relative));
        }
    }

    private static ImmutableSortedDictionary<string, string> Common(string folder, SnapshotDefinition snapshot) => snapshot.Parameters
        .SetItem("source", folder)
        .SetItem("snapshot", snapshot.Id)
        .SetItem("cutoff", snapshot.Cutoff.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>Full path of a file that a definition names, which lies in the model's folder, links followed.</summary>
    /// <exception cref="InvalidDataSourceException">It lies elsewhere, is missing, or is no regular file.</exception>
    public static string Inside(string modelFolder, string relative)
    {
        string path = Path.GetFullPath(relative, modelFolder);
        FileKind kind = FileFacts.Of(path).Kind;
        if (kind is not (FileKind.Regular or FileKind.Nothing))
        {
            throw new InvalidDataSourceException(new NotRegularFileException($"data file '{relative}'", kind).Message);
        }

        if (!FinalPath.IsWithin(FinalPath.Of(path), FinalPath.Of(modelFolder)))
        {
            string how = FinalPath.IsWithin(path, modelFolder) ? "is a link that leaves" : "does not lie in";
            throw new InvalidDataSourceException($"data file '{relative}' {how} the model's folder; copy the file into it instead");
        }

        return kind == FileKind.Regular
            ? path
            : throw new InvalidDataSourceException($"data file '{relative}' is missing; put it into the model's folder or correct 'source.files'");
    }

    private static void Check(string modelFolder, string relative)
    {
        if (new FileInfo(Inside(modelFolder, relative)).Length == 0)
        {
            throw new InvalidDataSourceException($"data file '{relative}' is empty; was it written completely?");
        }
    }
}
