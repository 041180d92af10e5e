using System.Text;

namespace Lifecycle.Domain.Files;

/// <summary>
/// The one way to write a file that must survive: a temporary file in the same folder, its content brought to the disk, renamed,
/// and the folder brought to the disk. Whatever fails, and wherever the power goes, the name has the old content or the new one,
/// whole; and once a call has returned, the new one.
/// </summary>
/// <param name="disk">The disk; a double in tests.</param>
public sealed class DurableFiles(IDisk disk)
{
    /// <summary>Files on the disks of this machine.</summary>
    public static DurableFiles Local { get; } = new(new LocalDisk());

    /// <summary>Writes text as UTF-8.</summary>
    /// <exception cref="IOException">The disk refuses, or the file is there and may not be replaced.</exception>
    public void Write(string path, string text, UnixFileMode? mode = null, bool overwrite = true) =>
        Write(path, Encoding.UTF8.GetBytes(text), mode, overwrite);

    /// <summary>Writes a whole file.</summary>
    /// <param name="path">The file; its folder is there.</param>
    /// <param name="content">All of it.</param>
    /// <param name="mode">Who may read and write it; null leaves that to the process.</param>
    /// <param name="overwrite">Whether a file of that name is replaced; otherwise it stays, and this fails.</param>
    /// <exception cref="IOException">The disk refuses, or the file is there and may not be replaced.</exception>
    public void Write(string path, ReadOnlySpan<byte> content, UnixFileMode? mode = null, bool overwrite = true)
    {
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            disk.Create(temporary, content, mode);
            Publish(temporary, path, overwrite);
        }
        catch
        {
            RemoveIfPossible(temporary);
            throw;
        }
    }

    /// <summary>Gives a complete file, which anybody wrote on the same file system, its name.</summary>
    /// <exception cref="IOException">The disk refuses, or the file is there and may not be replaced.</exception>
    public void Publish(string temporary, string path, bool overwrite = true)
    {
        disk.Flush(temporary);
        Rename(temporary, path, overwrite);
    }

    /// <summary>Gives a complete folder, with everything in it, its name.</summary>
    /// <exception cref="IOException">The disk refuses, or something has that name.</exception>
    public void PublishFolder(string temporary, string folder)
    {
        disk.FlushAll(temporary);
        Rename(temporary, folder, overwrite: false);
    }

    /// <summary>Renames what is on the disk already, for good.</summary>
    /// <exception cref="IOException">The disk refuses, or the name is taken and may not be replaced.</exception>
    public void Rename(string from, string to, bool overwrite = false)
    {
        disk.Rename(from, to, overwrite);
        disk.SyncFolder(FolderOf(to));
        if (FolderOf(from) is var left && left != FolderOf(to))
        {
            disk.SyncFolder(left);
        }
    }

    /// <summary>Brings the name of a file that was made just now to the disk, for one that is written on and on.</summary>
    public void KeepName(string path) => disk.SyncFolder(FolderOf(path));

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))!;

    // A leftover harms nobody, and the first failure is what counts.
    private void RemoveIfPossible(string path)
    {
        try
        {
            disk.Delete(path);
        }
        catch (Exception leftover) when (leftover is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }
}
