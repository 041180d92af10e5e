using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lifecycle.Domain.Files;

/// <summary>
/// What the operating system says of a file: of a name, all links followed, or of a handle. .NET tells a pipe from a file only
/// after opening it, and opening one may wait for ever; so Linux is asked itself. Elsewhere a name is a folder or a file.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Device">The file system it lies on; 0 where that is not known.</param>
/// <param name="Number">Its number there, equal for two names of one file; 0 where that is not known.</param>
public readonly partial record struct FileFacts(FileKind Kind, ulong Device, ulong Number)
{
    private const int WorkingFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicFacts = 0x7ff;
    private const int NoEntry = 2;
    private const int NotAFolder = 20;
    private const int TooManyLinks = 40;

    /// <summary>How many names it has (hard links); 0 where that is not known.</summary>
    public uint Names { get; init; }

    /// <summary>Of a name. Opens nothing.</summary>
    public static FileFacts Of(string path) => Ask(WorkingFolder, path, 0) ?? Guess(path);

    /// <summary>Of a handle: nobody can change any more what it is.</summary>
    public static FileFacts Of(SafeFileHandle handle)
    {
        bool taken = false;
        try
        {
            handle.DangerousAddRef(ref taken);
            return Ask((int)handle.DangerousGetHandle(), "", EmptyPath) ?? new(FileKind.Regular, 0, 0);
        }
        finally
        {
            if (taken)
            {
                handle.DangerousRelease();
            }
        }
    }

    /// <summary>Whether two names or handles are one file, also by a hard link.</summary>
    public bool IsSame(FileFacts other) => Number != 0 && (Device, Number) == (other.Device, other.Number);

    // Null where the answer says nothing about the kind: another system than Linux, or a folder on the way that is closed to us.
    private static FileFacts? Ask(int folder, string path, int flags)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> answer = stackalloc byte[256];
        return StatX(folder, path, flags, BasicFacts, ref MemoryMarshal.GetReference(answer)) == 0
            ? new FileFacts(KindOf(BinaryPrimitives.ReadUInt16LittleEndian(answer[28..])), BinaryPrimitives.ReadUInt64LittleEndian(answer[136..]), BinaryPrimitives.ReadUInt64LittleEndian(answer[32..]))
            {
                Names = BinaryPrimitives.ReadUInt32LittleEndian(answer[16..]),
            }
            : Marshal.GetLastPInvokeError() switch
            {
                NoEntry or NotAFolder => new FileFacts(FileKind.Nothing, 0, 0),
                TooManyLinks => new FileFacts(FileKind.LinkLoop, 0, 0),
                _ => null,
            };
    }

    private static FileKind KindOf(int mode) => (mode >> 12) switch
    {
        0x8 => FileKind.Regular,
        0x4 => FileKind.Folder,
        0x1 => FileKind.NamedPipe,
        0xc => FileKind.Socket,
        _ => FileKind.Device,
    };

    private static FileFacts Guess(string path) =>
        new(Directory.Exists(path) ? FileKind.Folder : File.Exists(path) || OperatingSystem.IsLinux() ? FileKind.Regular : FileKind.Nothing, 0, 0);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte answer);
}
