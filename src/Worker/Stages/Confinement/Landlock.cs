using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Lifecycle.Worker.Stages.Confinement;

/// <summary>
/// Linux's Landlock: a thread gives up, for itself and for all that it starts, every file but the ones it names. Linux 5.19 or
/// newer (the first that lets files be moved between folders), where the system has switched it on.
/// </summary>
[SupportedOSPlatform("linux")]
internal static partial class Landlock
{
    private const int FirstUsable = 2;
    private const int CreateRuleset = 444;
    private const int AddRule = 445;
    private const int RestrictSelf = 446;
    private const uint AskVersion = 1;
    private const int PathBeneath = 1;
    private const int OpenPathOnly = 0x200000 | 0x80000;
    private const int NoNewPrivileges = 38;

    private const ulong Execute = 1 << 0;
    private const ulong WriteFile = 1 << 1;
    private const ulong ReadFile = 1 << 2;
    private const ulong ReadFolder = 1 << 3;
    private const ulong Truncate = 1 << 14;
    private const ulong DeviceControl = 1 << 15;
    private const ulong Read = Execute | ReadFile | ReadFolder;
    private const ulong OfFiles = Execute | WriteFile | ReadFile | Truncate | DeviceControl;

    // Sending signals, and to sockets of that kind, only within the own confinement.
    private const ulong ScopeOfSockets = 1 << 0;
    private const ulong ScopeOfSignals = 1 << 1;

    /// <summary>Whether the system offers it.</summary>
    public static bool IsAvailable => Version >= FirstUsable;

    private static long Version { get; } = Create(CreateRuleset, 0, 0, AskVersion);

    /// <summary>Restricts the calling thread, and all that it starts from now on, to these paths.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void Restrict(ImmutableArray<OpenPath> paths)
    {
        ulong[] attributes = [Handled, 0, ScopeOfSockets | ScopeOfSignals];
        int ruleset = (int)Require(Create(CreateRuleset, attributes, SizeOfAttributes, 0));
        foreach (OpenPath path in paths)
        {
            Allow(ruleset, path);
        }

        Require(UnixProcess.ControlProcess(NoNewPrivileges, 1, 0, 0, 0));
        Require(Restrict(RestrictSelf, ruleset, 0));
        _ = Close(ruleset);
    }

    private static ulong Handled => Version switch
    {
        2 => (1 << 14) - 1,
        < 5 => (1 << 15) - 1,
        _ => (1 << 16) - 1,
    };

    private static nuint SizeOfAttributes => Version switch
    {
        < 4 => 8,
        < 6 => 16,
        _ => 24,
    };

    private static void Allow(int ruleset, OpenPath path)
    {
        int file = Open(path.Path, OpenPathOnly);
        if (file < 0)
        {
            return;
        }

        ulong access = (path.IsWritable ? Handled : Read) & (Directory.Exists(path.Path) ? Handled : Handled & OfFiles);

        // struct landlock_path_beneath_attr is packed: eight bytes of access, four of the file.
        byte[] rule = [.. BitConverter.GetBytes(access), .. BitConverter.GetBytes(file)];
        Require(Add(AddRule, ruleset, PathBeneath, rule, 0));
        _ = Close(file);
    }

    private static long Require(long result) =>
        result >= 0 ? result : throw new IOException($"the process could not be kept to its files: error {Marshal.GetLastPInvokeError()}");

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial long Create(long call, nint attributes, nuint size, uint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial long Create(long call, ulong[] attributes, nuint size, uint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial long Add(long call, int ruleset, int kind, byte[] rule, uint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial long Restrict(long call, int ruleset, uint flags);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);
}
