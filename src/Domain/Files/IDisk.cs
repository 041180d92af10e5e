namespace Lifecycle.Domain.Files;

/// <summary>The calls of the operating system that <see cref="DurableFiles"/> is made of, each of which may fail.</summary>
public interface IDisk
{
    /// <summary>Writes a file that is not there yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All of it.</param>
    /// <param name="mode">Who may read and write it; null leaves that to the process.</param>
    void Create(string path, ReadOnlySpan<byte> content, UnixFileMode? mode);

    /// <summary>Returns when a file's content is on the disk.</summary>
    void Flush(string path);

    /// <summary>Returns when everything in a folder, and in the folders in it, is on the disk.</summary>
    void FlushAll(string folder);

    /// <summary>Gives a file or folder another name on the same file system, at once or not at all.</summary>
    void Rename(string from, string to, bool overwrite);

    /// <summary>Returns when the names in a folder are on the disk.</summary>
    void SyncFolder(string folder);

    /// <summary>Removes a file; nothing happens where there is none.</summary>
    void Delete(string path);
}
