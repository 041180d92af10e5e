using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Files;

namespace Lifecycle.Serving.Logging;

/// <summary>
/// Rows that wait on disk. A part in the making is <c>&lt;number&gt;.open</c>, a line of JSON a row; closing it renames it to
/// <c>&lt;number&gt;.&lt;known time&gt;.sealed</c>, so that whoever uploads it, now or after a crash, makes the same bytes of it.
/// </summary>
internal sealed class Journal : IPartBuffer
{
    private const string OpenExtension = ".open";
    private const string LockFile = "journal.lock";

    private readonly string folder;
    private readonly Action<LogStep> pass;
    private readonly FileStream hold;
    private FileStream? open;
    private long number;

    private Journal(string folder, FileStream hold, Action<LogStep> pass) => (this.folder, this.hold, this.pass) = (folder, hold, pass);

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>Takes a folder for this process.</summary>
    /// <exception cref="IOException">Another process has it.</exception>
    public static Journal Open(string folder, Action<LogStep> pass)
    {
        Directory.CreateDirectory(folder);
        try
        {
            // The operating system gives the lock back when the process dies.
            FileStream hold = new(Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new Journal(folder, hold, pass);
        }
        catch (IOException taken)
        {
            throw new IOException($"the journal folder {folder} is in use by another logger; give each process a folder of its own ({taken.Message})", taken);
        }
    }

    /// <summary>Parts of earlier processes, oldest first; those in the making are closed, known from <paramref name="now"/> on.</summary>
    public ImmutableArray<ISealedPart> Recover(DateTimeOffset now)
    {
        foreach (string left in Left(OpenExtension))
        {
            DurableFiles.Local.Rename(left, JournalPart.NameFor(left, now));
        }

        ImmutableArray<JournalPart> parts = [.. Left(JournalPart.Extension).Order(StringComparer.Ordinal).Select(path => new JournalPart(path, pass))];
        number = parts.Select(part => part.Number).DefaultIfEmpty().Max();
        return [.. parts];
    }

    /// <inheritdoc/>
    public void Append(ServedPrediction row)
    {
        byte[] line = JsonSerializer.SerializeToUtf8Bytes(row, DomainJson.Compact);
        open ??= Begin();
        open.Write(line);
        open.WriteByte((byte)'\n');
        Count++;
        pass(LogStep.Appended);
    }

    /// <inheritdoc/>
    public void Write(bool toDisk)
    {
        open?.Flush(toDisk);
        pass(LogStep.Written);
    }

    /// <inheritdoc/>
    public ISealedPart? Seal(DateTimeOffset knownTime)
    {
        if (open is null)
        {
            return null;
        }

        string path = open.Name;
        FileStream closing = open;
        (open, Count) = (null, 0);
        Close(closing);
        pass(LogStep.Closing);
        string final = JournalPart.NameFor(path, knownTime);
        DurableFiles.Local.Rename(path, final);
        pass(LogStep.Sealed);
        return new JournalPart(final, pass);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (open is not null)
        {
            Close(open);
        }

        hold.Dispose();
    }

    // What is no regular file was not left by a logger.
    private IEnumerable<string> Left(string extension) =>
        Directory.EnumerateFiles(folder, $"*{extension}").Where(path => FileFacts.Of(path).Kind == FileKind.Regular);

    private FileStream Begin()
    {
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{++number:d12}{OpenExtension}"));
        FileStream made = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        DurableFiles.Local.KeepName(path);
        return made;
    }

    // A disk that refuses the last bytes leaves a torn line, which the reader drops; the part itself must go on.
    private static void Close(FileStream file)
    {
        try
        {
            // What is uploaded from a sealed part now has to be there after a power cut, byte for byte.
            file.Flush(flushToDisk: true);
            file.Dispose();
        }
        catch (IOException)
        {
            file.SafeFileHandle.Dispose();
        }
    }
}
