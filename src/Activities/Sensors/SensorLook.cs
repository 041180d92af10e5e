using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lifecycle.Domain;
using Lifecycle.Domain.Sensors;
using Lifecycle.Publishing.Stores;

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
/// <param name="modelFolder">What paths of files are relative to.</param>
internal sealed class SensorLook(IBlobStore store, string modelFolder)
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
            return AtFiles(file, sensor.Settle, known, now);
        }

        return await store.DescribeAsync(sensor.Blob!, cancellation) is { } blob ? new(blob.ETag.Trim('"'), "", blob.ChangedAt) : SensorContent.Nothing;
    }

    private SensorContent? AtFiles(string pattern, TimeSpan settle, SensorRecord? known, DateTimeOffset now)
    {
        string path = Path.GetFullPath(Path.Combine(modelFolder, pattern));
        DirectoryInfo folder = new(Path.GetDirectoryName(path)!);
        FileInfo[] files = folder.Exists
            ? [.. folder.GetFiles(Path.GetFileName(path)).OrderBy(file => file.Name, StringComparer.Ordinal)]
            : [];
        if (files is [])
        {
            return SensorContent.Nothing;
        }

        DateTimeOffset changed = files.Max(file => new DateTimeOffset(file.LastWriteTimeUtc));
        if (now - changed < settle)
        {
            return null;
        }

        string fingerprint = Sha256Digest.Of(Encoding.UTF8.GetBytes(string.Join('\n', files.Select(Line))));
        string digest = known?.Fingerprint == fingerprint ? known.Digest : DigestOf(files);
        return new SensorContent(digest, fingerprint, changed);
    }

    private static string Line(FileInfo file) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}");

    // The names count: a file under another name is another delivery.
    private static string DigestOf(FileInfo[] files)
    {
        using IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (FileInfo file in files)
        {
            digest.AppendData(Encoding.UTF8.GetBytes($"{file.Name} {Sha256Digest.OfFile(file.FullName)}\n"));
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}
