using System.Buffers;
using System.IO.Pipelines;

namespace Lifecycle.Worker.Stages;

/// <summary>
/// Lines of a stream that may hold anything: a line above the bound is skipped without keeping it, and what comes after the
/// last line feed is no line.
/// </summary>
/// <param name="stream">The stream.</param>
/// <param name="maximumBytes">Longest line.</param>
internal sealed class BoundedLines(Stream stream, int maximumBytes)
{
    private readonly PipeReader pipe = PipeReader.Create(stream);
    private bool skipping;

    /// <summary>Lines that were above the bound.</summary>
    public int SkippedCount { get; private set; }

    /// <summary>The next line without its line feed; null at the end of the stream.</summary>
    public async Task<byte[]?> ReadAsync(CancellationToken cancellation = default)
    {
        while (true)
        {
            ReadResult read = await pipe.ReadAsync(cancellation);
            if (TryTake(read.Buffer, out byte[]? line))
            {
                if (line is not null)
                {
                    return line;
                }
            }
            else if (read.IsCompleted)
            {
                return null;
            }
        }
    }

    private bool TryTake(ReadOnlySequence<byte> buffer, out byte[]? line)
    {
        line = null;
        if (buffer.PositionOf((byte)'\n') is not { } end)
        {
            Skip(skipping || buffer.Length > maximumBytes);
            pipe.AdvanceTo(skipping ? buffer.End : buffer.Start, buffer.End);
            return false;
        }

        ReadOnlySequence<byte> found = buffer.Slice(buffer.Start, end);
        Skip(skipping || found.Length > maximumBytes);
        line = skipping ? null : found.ToArray();
        skipping = false;
        pipe.AdvanceTo(buffer.GetPosition(1, end));
        return true;
    }

    private void Skip(bool overlong)
    {
        SkippedCount += overlong && !skipping ? 1 : 0;
        skipping = overlong;
    }
}
