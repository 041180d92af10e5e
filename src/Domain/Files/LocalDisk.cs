using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lifecycle.Domain.Files;

/// <summary>The disks of this machine. .NET opens no folders, so the operating system is asked itself to sync one.</summary>
internal sealed partial class LocalDisk : IDisk
{
    private const int ReadOnly = 0;
    private const int NotSupportedThere = 22;

    /// <inheritdoc/>
    public void Create(string path, ReadOnlySpan<byte> content, UnixFileMode? mode)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (mode is { } chosen && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = chosen;
        }

        using FileStream file = new(path, options);
        file.Write(content);
    }

    /// <inheritdoc/>
    public void Flush(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <inheritdoc/>
    public void FlushAll(string folder)
    {
        if (OperatingSystem.IsLinux())
        {
            // Thousands of files, one call.
            Ask(folder, SyncFileSystem);
            return;
        }

        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            Flush(file);
        }
    }

    /// <inheritdoc/>
    public void Rename(string from, string to, bool overwrite)
    {
        if (Directory.Exists(from))
        {
            Directory.Move(from, to);
        }
        else
        {
            File.Move(from, to, overwrite);
        }
    }

    /// <inheritdoc/>
    public void SyncFolder(string folder)
    {
        // Windows has no such call, and writes names with the files.
        if (!OperatingSystem.IsWindows())
        {
            Ask(folder, SyncHandle);
        }
    }

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);

    private static void Ask(string folder, Func<SafeFileHandle, int> call)
    {
        int descriptor = OpenFolder(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw Failure(folder);
        }

        using SafeFileHandle handle = new(descriptor, ownsHandle: true);
        if (call(handle) != 0 && Marshal.GetLastPInvokeError() != NotSupportedThere)
        {
            throw Failure(folder);
        }
    }

    private static IOException Failure(string folder) =>
        new($"the folder {folder} cannot be brought to the disk: {Marshal.GetLastPInvokeErrorMessage()}; what was written last may be lost by a power cut");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SyncHandle(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SyncFileSystem(SafeFileHandle handle);
}
