using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lifecycle.Activities.Files;
using Lifecycle.Domain;
using Lifecycle.Domain.Sensors;
using Lifecycle.Storage;

namespace Lifecycle.Activities.Sensors;

/// <summary>What a sensor's place holds at a moment.</summary>
/// <param name="Digest">Identity of the content; empty when there is none.</param>
/// <param name="Fingerprint">By which unchanged files are known without reading them.</param>
/// <param name="ChangedAt">When it was last changed; null when there is none.</param>
internal sealed record SensorContent(string Digest, string Fingerprint, DateTimeOffset? ChangedAt)
{
    /// <summary>Nothing there.</summary>
    public static SensorContent Nothing { get; } = new("", "", null);
}

/// <summary>Looks at files and blobs, and reads no more than it must.</summary>
/// <param name="store">Where blobs lie.</param>
/// <param name="files">Opens files, where the operator lets it.</param>
/// <param name="model">Name of the model, whose folder paths are relative to.</param>
internal sealed class SensorLook(IBlobStore store, RequestedFiles files, string model)
{
    /// <summary>The content; null when a file changed so recently that it may be half-written.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="known">Its record; null before the first look.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<SensorContent?> AtAsync(SensorDefinition sensor, SensorRecord? known, DateTimeOffset now, CancellationToken cancellation)
    {
        if (sensor.File is { } file)
        {
            return AtFiles(file, sensor.Settle, known, now, cancellation);
        }

        return await store.DescribeAsync(sensor.Blob!, cancellation) is { } blob ? new(blob.ETag.Trim('"'), "", blob.ChangedAt) : SensorContent.Nothing;
    }

    private SensorContent? AtFiles(string pattern, TimeSpan settle, SensorRecord? known, DateTimeOffset now, CancellationToken cancellation)
    {
        ImmutableArray<SeenFile> seen = [.. files.Find(model, pattern).Select(Look)];
        if (seen is [])
        {
            return SensorContent.Nothing;
        }

        DateTimeOffset changed = seen.Max(file => file.WrittenAt);
        if (now - changed < settle)
        {
            return null;
        }

        string fingerprint = Sha256Digest.Of(Encoding.UTF8.GetBytes(string.Join('\n', seen.Select(file => file.Line))));
        string digest = known?.Fingerprint == fingerprint ? known.Digest : DigestOf(seen, cancellation);
        return new SensorContent(digest, fingerprint, changed);
    }

    private SeenFile Look(string path)
    {
        using FileStream file = files.Open(model, path);
        return new SeenFile(path, file.Length, new DateTimeOffset(File.GetLastWriteTimeUtc(file.SafeFileHandle)));
    }

    // The names count: a file under another name is another delivery.
    private string DigestOf(ImmutableArray<SeenFile> seen, CancellationToken cancellation)
    {
        using IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SeenFile file in seen)
        {
            using FileStream content = files.Open(model, file.Path);
            digest.AppendData(Encoding.UTF8.GetBytes($"{Path.GetFileName(file.Path)} {Sha256Digest.OfFile(content, cancellation)}\n"));
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private readonly record struct SeenFile(string Path, long Length, DateTimeOffset WrittenAt)
    {
        public string Line => string.Create(CultureInfo.InvariantCulture, $"{System.IO.Path.GetFileName(Path)} {Length} {WrittenAt.UtcTicks}");
    }
}
