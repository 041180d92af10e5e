using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.FastTree;

/// <summary>What ML.NET's files do not say of a model.</summary>
/// <param name="FeatureCount">Length of the feature vector.</param>
/// <param name="Objective">The objective, whose link makes answers of scores.</param>
/// <param name="Unit">The unit of the labels that it learnt.</param>
internal sealed record ModelNotes(int FeatureCount, TrainingObjective Objective, LabelUnit Unit);

/// <summary>
/// The native file: ML.NET's own archive for each raw score, and the notes. The same models give the same bytes, since nothing is
/// compressed and every entry has the same time, where ML.NET writes the clock's.
/// </summary>
/// <param name="Notes">The notes.</param>
/// <param name="Models">ML.NET's archives, in the order of the scores.</param>
internal sealed record FastTreeArchive(ModelNotes Notes, ImmutableArray<byte[]> Models)
{
    private const string NotesName = "notes.json";

    // The first time that an archive can hold.
    private static readonly DateTimeOffset Always = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static FastTreeArchive Read(ReadOnlyMemory<byte> archive)
    {
        ImmutableArray<(string Name, byte[] Bytes)> entries = Entries(archive.ToArray());
        return new FastTreeArchive(
            JsonSerializer.Deserialize<ModelNotes>(entries[0].Bytes, DomainJson.Compact)!, [.. entries.Skip(1).Select(entry => entry.Bytes)]);
    }

    /// <summary>Writes the archive.</summary>
    public byte[] Write() => Archive(
    [
        (NotesName, JsonSerializer.SerializeToUtf8Bytes(Notes, DomainJson.Compact)),
        .. Models.Select((model, score) => ($"{score}.zip", Archive(Entries(model)))),
    ]);

    private static ImmutableArray<(string Name, byte[] Bytes)> Entries(byte[] archive)
    {
        using ZipArchive zip = new(new MemoryStream(archive), ZipArchiveMode.Read);
        return [.. zip.Entries.Select(entry => (entry.FullName, Bytes(entry)))];
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream content = entry.Open();
        using MemoryStream bytes = new();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Archive(IEnumerable<(string Name, byte[] Bytes)> entries)
    {
        using MemoryStream archive = new();
        using (ZipArchive zip = new(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
                entry.LastWriteTime = Always;
                using Stream content = entry.Open();
                content.Write(bytes);
            }
        }

        return archive.ToArray();
    }
}
