using System.Text;

namespace Lifecycle.Domain.Files;

/// <summary>
/// The one way to read a file that somebody else may have put there: regular files only, judged before they are opened, since
/// opening a pipe waits, and again on the handle. What is read ends where the file ended when it was opened.
/// </summary>
public static class RegularFile
{
    private const int BufferBytes = 1 << 17;

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="NotRegularFileException">It is a folder, pipe, socket, device or a link in a circle.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static FileStream Open(string path)
    {
        Require(path);
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return FileFacts.Of(file.SafeFileHandle).Kind is var kind && kind == FileKind.Regular && file.CanSeek
                ? file
                : throw new NotRegularFileException(path, kind);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Refuses what is no regular file, without opening it: for readers that open by themselves.</summary>
    /// <exception cref="NotRegularFileException">It is a folder, pipe, socket, device or a link in a circle.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static void Require(string path)
    {
        switch (FileFacts.Of(path).Kind)
        {
            case FileKind.Regular:
                return;
            case FileKind.Nothing:
                throw new FileNotFoundException($"{path} does not exist; give the path of a file", path);
            case var other:
                throw new NotRegularFileException(path, other);
        }
    }

    /// <summary>Whether nothing has this name, not even a link to nothing: the only case in which a default may stand in.</summary>
    public static bool IsAbsent(string path) => FileFacts.Of(path).Kind == FileKind.Nothing && new FileInfo(path).LinkTarget is null;

    /// <summary>Reads a whole small file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maximumBytes">Longest content that is read.</param>
    /// <param name="cancellation">Stops between two pieces.</param>
    /// <exception cref="IOException">It is longer, or grew while it was read.</exception>
    public static byte[] ReadBytes(string path, long maximumBytes = int.MaxValue, CancellationToken cancellation = default)
    {
        using FileStream file = Open(path);
        if (file.Length > maximumBytes)
        {
            throw new IOException($"{path} has {file.Length} bytes, expected at most {maximumBytes}");
        }

        using MemoryStream content = new((int)file.Length);
        Take(file, content.Write, cancellation);
        return content.ToArray();
    }

    /// <summary>Reads a whole small file as UTF-8.</summary>
    public static string ReadText(string path, long maximumBytes = int.MaxValue)
    {
        using StreamReader reader = new(new MemoryStream(ReadBytes(path, maximumBytes), writable: false), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Reads the lines of a whole small file as UTF-8.</summary>
    public static string[] ReadLines(string path, long maximumBytes = int.MaxValue)
    {
        using StringReader reader = new(ReadText(path, maximumBytes));
        List<string> lines = [];
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return [.. lines];
    }

    /// <summary>Hands on the bytes of an opened file in pieces, as many as it had when this began.</summary>
    /// <param name="file">The file, at the place to begin.</param>
    /// <param name="take">Takes a piece.</param>
    /// <param name="cancellation">Stops between two pieces.</param>
    /// <exception cref="FileChangedException">The file grew or shrank meanwhile: what was read is not what is there.</exception>
    public static void Take(FileStream file, Action<ReadOnlySpan<byte>> take, CancellationToken cancellation = default)
    {
        byte[] buffer = new byte[BufferBytes];
        long left = file.Length - file.Position;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            int read = file.Read(buffer);
            left -= read;
            if (read == 0 ? left > 0 : left < 0)
            {
                throw new FileChangedException($"{file.Name} {(left > 0 ? "became shorter" : "grew")} while it was read; wait until it is written completely, and try again");
            }

            if (read == 0)
            {
                return;
            }

            take(buffer.AsSpan(0, read));
        }
    }
}
