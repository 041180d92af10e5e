using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Lifecycle.Alerting.Delivery;
using Lifecycle.Domain;
using Lifecycle.Domain.Alerts;
using Lifecycle.Domain.Files;

namespace Lifecycle.Alerting.Files;

/// <summary>
/// Appends messages to a file, one line each, on disk before it returns. A message that is there already is not written
/// again; a line that a crash cut short is ended first, so that it harms no other.
/// </summary>
internal sealed class JsonLinesSender(string name, AlertReceiver.JsonLines receiver) : IAlertSender
{
    private const int TailBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Turns = new(StringComparer.Ordinal);

    public Task SendAsync(AlertMessage message, CancellationToken cancellation) =>
        Deadline.RunAsync(name, Limit, token => InTurnAsync(message, token), cancellation);

    private async Task InTurnAsync(AlertMessage message, CancellationToken cancellation)
    {
        SemaphoreSlim turn = Turns.GetOrAdd(receiver.Path, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellation);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(receiver.Path)!);
            await AppendAsync(message, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AlertDeliveryException(name, $"{receiver.Path} cannot be written: {failure.Message}; correct 'path', or make it writable for the worker", failure);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task AppendAsync(AlertMessage message, CancellationToken cancellation)
    {
        await using FileStream file = new(receiver.Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        byte[] tail = await ReadTailAsync(file, cancellation);
        if (HasLine(tail, message.Id))
        {
            return;
        }

        string gap = tail.Length > 0 && tail[^1] != (byte)'\n' ? "\n" : "";
        file.Seek(0, SeekOrigin.End);
        WriteThrough(file, Encoding.UTF8.GetBytes($"{gap}{JsonSerializer.Serialize(message, DomainJson.Compact)}\n"));
        if (tail is [])
        {
            DurableFiles.Local.KeepName(receiver.Path);
        }
    }

    private static void WriteThrough(FileStream file, ReadOnlySpan<byte> line)
    {
        file.Write(line);
        file.Flush(flushToDisk: true);
    }

    // Deliveries are repeated within minutes, not within thousands of messages.
    private static async Task<byte[]> ReadTailAsync(FileStream file, CancellationToken cancellation)
    {
        file.Seek(-Math.Min(TailBytes, file.Length), SeekOrigin.End);
        byte[] tail = new byte[file.Length - file.Position];
        await file.ReadExactlyAsync(tail, cancellation);
        return tail;
    }

    // Only a whole line counts: what a crash cut short was not delivered.
    private static bool HasLine(byte[] tail, string id)
    {
        string start = $"{{\"id\":\"{id}\"";
        int whole = Array.LastIndexOf(tail, (byte)'\n');
        return whole >= 0 && Encoding.UTF8.GetString(tail, 0, whole).Split('\n').Any(line => line.StartsWith(start, StringComparison.Ordinal));
    }
}
