using Lifecycle.Domain.Files;

namespace Lifecycle.Domain.Tests.Files;

/// <summary>What a disk does wrong at one of its calls.</summary>
public enum DiskFault
{
    /// <summary>The call does nothing and fails, as on a full or read-only disk.</summary>
    Refuses,

    /// <summary>A write leaves half of its content and fails; any other call does its work and fails.</summary>
    FailsAfter,

    /// <summary>As <see cref="FailsAfter"/>, and nothing reaches the disk any more, as when the process dies.</summary>
    Dies,
}

/// <summary>A real disk with one fault at one call; the calls are counted from 1.</summary>
internal sealed class FailingDisk(IDisk disk, int faultyCall, DiskFault fault) : IDisk
{
    private bool isDead;

    /// <summary>The calls so far, by name.</summary>
    public List<string> Calls { get; } = [];

    public void Create(string path, ReadOnlySpan<byte> content, UnixFileMode? mode)
    {
        if (Begins(nameof(Create)))
        {
            disk.Create(path, content[..(content.Length / 2)], mode);
            throw Failure();
        }

        disk.Create(path, content, mode);
    }

    public void Flush(string path) => Call(nameof(Flush), () => disk.Flush(path));

    public void FlushAll(string folder) => Call(nameof(FlushAll), () => disk.FlushAll(folder));

    public void Rename(string from, string to, bool overwrite) => Call(nameof(Rename), () => disk.Rename(from, to, overwrite));

    public void SyncFolder(string folder) => Call(nameof(SyncFolder), () => disk.SyncFolder(folder));

    public void Delete(string path) => Call(nameof(Delete), () => disk.Delete(path));

    private static IOException Failure() => new("No space left on device");

    private void Call(string name, Action act)
    {
        bool isFaulty = Begins(name);
        act();
        if (isFaulty)
        {
            throw Failure();
        }
    }

    // Whether this call is the faulty one, and goes halfway.
    private bool Begins(string name)
    {
        Calls.Add(name);
        bool isFaulty = Calls.Count == faultyCall;
        if (isDead || (isFaulty && fault == DiskFault.Refuses))
        {
            throw Failure();
        }

        isDead = isFaulty && fault == DiskFault.Dies;
        return isFaulty;
    }
}
