using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Events;

namespace Lifecycle.Serving.Models;

/// <summary>Values of a file, for a model to answer; the file is read as imports and batches read theirs.</summary>
public static class InputFile
{
    /// <summary>Most bytes of a file whose answers are held in memory.</summary>
    public const long MaximumBytes = 64 << 20;

    /// <summary>The rows of a file; one that cannot be read has its reason.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="column">Column of the values; null takes <c>input</c>, or the line of a text without columns.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UnusableFileException">The file is too large, damaged, or has not the column.</exception>
    public static ImmutableArray<EventRow> Read(string path, string? column, TimeProvider time)
    {
        long bytes = new FileInfo(path).Length;
        if (bytes > MaximumBytes)
        {
            throw new UnusableFileException($"{path} has {bytes} bytes, expected at most {MaximumBytes}; split it, or use 'lifecycle score'");
        }

        try
        {
            return [.. EventFile.Open(path, Path.GetFileName(path), new() { Input = column }, EventRules.At(time.GetUtcNow()), new DataLimits()).Rows];
        }
        catch (InvalidDataSourceException unusable)
        {
            throw new UnusableFileException(unusable.Message, unusable);
        }
    }

    /// <summary>The model's answers to the rows, in their order; a row that cannot be read is refused with its reason.</summary>
    public static ImmutableArray<Prediction> Predict(this LiveModel model, ImmutableArray<EventRow> rows) =>
        [.. rows.Select(row => row is { Fault: null, Input: { } input } ? model.Predict(input) : new Prediction(row.Input ?? "", null, null, row.Fault))];
}
