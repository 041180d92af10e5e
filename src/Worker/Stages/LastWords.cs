using System.Text;

namespace Lifecycle.Worker.Stages;

/// <summary>The end of what a child printed, for the message when it crashed; everything before is let go.</summary>
internal sealed class LastWords
{
    private const int MaximumBytes = 2048;

    private readonly Lock gate = new();
    private byte[] kept = [];

    /// <summary>Reads to the end of the stream.</summary>
    public async Task DrainAsync(Stream stream)
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var count)
            {
                lock (gate)
                {
                    kept = [.. kept.Concat(buffer.Take(count)).TakeLast(MaximumBytes)];
                }
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The stream went away with its process; what was read before counts.
        }
    }

    /// <summary>Lets go of what was printed so far: it belongs to an earlier stage.</summary>
    public void Forget()
    {
        lock (gate)
        {
            kept = [];
        }
    }

    /// <summary>One line without control characters; empty when nothing was printed.</summary>
    public override string ToString()
    {
        lock (gate)
        {
            string[] lines = Encoding.UTF8.GetString(kept).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return string.Concat(string.Join(" | ", lines.TakeLast(4)).Where(letter => !char.IsControl(letter)));
        }
    }
}
