using System.Collections.Immutable;

namespace Lifecycle.Serving.Logging;

/// <summary>Rows that wait in memory.</summary>
internal sealed class MemoryBuffer : IPartBuffer
{
    private ImmutableArray<ServedPrediction>.Builder rows = ImmutableArray.CreateBuilder<ServedPrediction>();

    public int Count => rows.Count;

    public void Append(ServedPrediction row) => rows.Add(row);

    public void Write(bool toDisk)
    {
        // Nothing is promised to outlive the process.
    }

    public ISealedPart? Seal(DateTimeOffset knownTime)
    {
        if (rows.Count == 0)
        {
            return null;
        }

        SealedRows closed = new([.. rows.Select(row => row.KnownAt(knownTime))], 0);
        rows = ImmutableArray.CreateBuilder<ServedPrediction>();
        return new Part(closed);
    }

    public void Dispose()
    {
        // Memory frees itself.
    }

    private sealed class Part(SealedRows rows) : ISealedPart
    {
        public SealedRows Read() => rows;

        public void Forget()
        {
            // The reference goes with its holder.
        }
    }
}
