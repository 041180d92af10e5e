using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace Lifecycle.Data.Tables;

/// <summary>
/// Characters of a file that must be UTF-8, one by one, with the line they are on. A byte order mark is taken. A byte that is
/// no UTF-8 and a NUL refuse the file, and name the line on which they are.
/// </summary>
/// <param name="stream">The bytes; closed with this.</param>
/// <param name="name">The file's name, for messages.</param>
internal sealed class TextSource(Stream stream, string name) : IDisposable
{
    private const char ByteOrderMark = '\uFEFF';

    private readonly byte[] bytes = new byte[1 << 16];
    private readonly char[] characters = new char[1 << 16];
    private int byteCount;
    private int at;
    private int count;
    private bool isBegun;
    private bool isEnded;
    private bool isBroken;

    /// <summary>The line of the next character, counted from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The next character, which stays the next one; -1 at the end.</summary>
    public int Peek() => Fill() ? characters[at] : -1;

    /// <summary>Takes the next character; -1 at the end.</summary>
    public int Read()
    {
        if (!Fill())
        {
            return -1;
        }

        char next = characters[at++];
        Line += next == '\n' ? 1 : 0;
        return next != '\0' ? next : throw Refuse(Line, "holds a NUL, which no text has; was it written as UTF-16, or is it no text file?");
    }

    /// <summary>Takes a line break: a line feed, or the two of CR LF. A carriage return alone refuses the file.</summary>
    public bool TryReadLineBreak(int next)
    {
        if (next == '\r')
        {
            next = Peek() == '\n' ? Read() : throw Refuse(Line, "holds a carriage return without a line feed; lines end in LF or CR LF");
        }

        return next == '\n';
    }

    /// <summary>Why the file is refused.</summary>
    public InvalidDataSourceException Refuse(long line, string reason) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{ShownText.Of(name)}, line {line}: {reason}"));

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private bool Fill()
    {
        while (at == count)
        {
            if (isBroken)
            {
                throw Refuse(Line, string.Create(CultureInfo.InvariantCulture, $"the byte 0x{bytes[0]:X2} is no UTF-8; write the file as UTF-8 (is it Latin-1 or Windows-1252?)"));
            }

            if (isEnded)
            {
                return false;
            }

            Decode();
        }

        return true;
    }

    private void Decode()
    {
        int read = stream.Read(bytes.AsSpan(byteCount));
        byteCount += read;
        isEnded = read == 0;
        OperationStatus status = Utf8.ToUtf16(bytes.AsSpan(0, byteCount), characters, out int taken, out count, replaceInvalidSequences: false, isFinalBlock: isEnded);
        bytes.AsSpan(taken, byteCount - taken).CopyTo(bytes);
        byteCount -= taken;
        isBroken = status == OperationStatus.InvalidData;
        at = !isBegun && count > 0 && characters[0] == ByteOrderMark ? 1 : 0;
        isBegun |= count > 0;
    }
}
