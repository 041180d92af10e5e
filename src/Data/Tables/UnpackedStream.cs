using System.Globalization;
using ZstdSharp;

namespace Lifecycle.Data.Tables;

/// <summary>What a packed file unpacks to: damage and a bomb refuse the file.</summary>
/// <param name="unpacking">The unpacking stream; closed with this.</param>
/// <param name="packedBytes">Bytes of the packed file.</param>
/// <param name="name">Its name, for messages.</param>
/// <param name="format">Its packing, for messages.</param>
internal sealed class UnpackedStream(Stream unpacking, long packedBytes, string name, string format) : Stream
{
    private long read;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            int taken = unpacking.Read(buffer);
            read += taken;
            return read <= TableBounds.ExpansionFreeBytes || read / TableBounds.Expansion <= packedBytes
                ? taken
                : throw new InvalidDataSourceException(string.Create(CultureInfo.InvariantCulture,
                    $"{name} unpacks to more than {TableBounds.Expansion} times its {packedBytes} bytes; unpack it yourself if that is right"));
        }
        catch (Exception damaged) when (damaged is InvalidDataException or ZstdException or EndOfStreamException)
        {
            throw new InvalidDataSourceException($"{name} is damaged {format}: it ends too early or its bytes are not what was written; copy it again", damaged);
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        unpacking.Dispose();
        base.Dispose(disposing);
    }
}
