using System.IO.Compression;
using Microsoft.ML;

namespace Lifecycle.Training.Trainers;

/// <summary>ML.NET's own file of a model, a zip archive, made the same bytes for the same model.</summary>
internal static class NativeModel
{
    // The earliest time a zip archive can tell.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Save(MLContext context, ITransformer model, DataViewSchema schema)
    {
        using MemoryStream saved = new();
        context.Model.Save(model, schema, saved);
        saved.Position = 0;
        return WithoutTimes(saved);
    }

    // ML.NET stamps every entry with the time of saving.
    private static byte[] WithoutTimes(Stream saved)
    {
        using MemoryStream copied = new();
        using (ZipArchive source = new(saved, ZipArchiveMode.Read))
        using (ZipArchive target = new(copied, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in source.Entries)
            {
                ZipArchiveEntry copy = target.CreateEntry(entry.FullName);
                copy.LastWriteTime = EntryTime;
                using Stream from = entry.Open();
                using Stream to = copy.Open();
                from.CopyTo(to);
            }
        }

        return copied.ToArray();
    }
}
