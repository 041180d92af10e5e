using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain;
using Lifecycle.Domain.Files;

namespace Lifecycle.Serving.Logging;

/// <summary>A closed part in the journal; its name holds its number and the moment it became known, in microseconds since 1970.</summary>
internal sealed class JournalPart(string path, Action<LogStep> pass) : ISealedPart
{
    /// <summary>What the names end with.</summary>
    public const string Extension = ".sealed";

    /// <summary>Position among the parts of its folder.</summary>
    public long Number => long.Parse(Path.GetFileName(path).Split('.')[0], CultureInfo.InvariantCulture);

    private DateTimeOffset KnownTime => DateTimeOffset.UnixEpoch.AddMicroseconds(long.Parse(Path.GetFileName(path).Split('.')[1], CultureInfo.InvariantCulture));

    /// <summary>The final name of a part in the making.</summary>
    public static string NameFor(string openPath, DateTimeOffset knownTime)
    {
        long microseconds = (knownTime - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return string.Create(CultureInfo.InvariantCulture, $"{Path.ChangeExtension(openPath, null)}.{microseconds}{Extension}");
    }

    /// <inheritdoc/>
    public SealedRows Read()
    {
        byte[] content = RegularFile.ReadBytes(path);
        ImmutableArray<PredictionRow>.Builder rows = ImmutableArray.CreateBuilder<PredictionRow>();
        int damaged = 0;
        for (int start = 0; start < content.Length;)
        {
            int length = content.AsSpan(start).IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = length < 0 ? content.AsSpan(start) : content.AsSpan(start, length);
            if (length >= 0 && Parse(line) is { } row)
            {
                rows.Add(row.KnownAt(KnownTime));
            }
            else
            {
                damaged++;
            }

            start = length < 0 ? content.Length : start + length + 1;
        }

        return new SealedRows(rows.ToImmutable(), damaged);
    }

    /// <inheritdoc/>
    public void Forget()
    {
        File.Delete(path);
        pass(LogStep.Forgotten);
    }

    private static ServedPrediction? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<ServedPrediction>(line, DomainJson.Compact);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
