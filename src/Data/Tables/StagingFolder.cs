using Lifecycle.Domain.Files;

namespace Lifecycle.Data.Tables;

/// <summary>
/// A private folder beside the files that are to be written. Files are made in it and moved to their place when they are
/// complete, so that no reader ever sees half a file; what is left in it is deleted.
/// </summary>
internal sealed class StagingFolder : IDisposable
{
    /// <summary>What the names of such folders look like; one that is old was left by a process that was killed.</summary>
    public const string Pattern = ".staging-*";

    /// <summary>Creates a folder beside <paramref name="target"/>.</summary>
    public StagingFolder(string target)
    {
        string parent = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(target))!;
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, $".staging-{Guid.NewGuid():N}")).FullName;
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>Full path of a file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Moves a complete file to its place, over one that was there.</summary>
    public void Publish(string name, string target) => DurableFiles.Local.Publish(File(name), target);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
