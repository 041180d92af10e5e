using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data;
using Lifecycle.Data.Events;
using Lifecycle.Data.Inputs;
using Lifecycle.Domain.Files;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Serving.Models;

/// <summary>Rows of a file, or of a stream, for a model to answer; files are read as imports, batches and trainings read theirs.</summary>
public static class InputFile
{
    /// <summary>Most bytes of rows whose answers are held in memory.</summary>
    public const long MaximumBytes = 64 << 20;

    /// <summary>Looks whether a file can be one of rows, before anything is read.</summary>
    /// <exception cref="UnusableFileException">It is missing or too large.</exception>
    /// <exception cref="NotRegularFileException">It is no regular file.</exception>
    public static void Require(string path)
    {
        switch (FileFacts.Of(path).Kind)
        {
            case FileKind.Regular when new FileInfo(path).Length is var bytes && bytes > MaximumBytes:
                throw TooLarge(path, string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"));
            case FileKind.Regular:
                return;
            case FileKind.Nothing:
                throw new UnusableFileException($"{path} is missing; give the path of a file");
            case var kind:
                throw new NotRegularFileException(path, kind);
        }
    }

    /// <summary>The rows of a file, read strictly by the model's columns.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="schema">What the model reads.</param>
    /// <param name="ignored">Columns that may be there and are not read.</param>
    /// <exception cref="UnusableFileException">The file is missing, too large or damaged, or its columns are not the model's.</exception>
    public static GivenRows Read(string path, InputSchema schema, IReadOnlyCollection<string> ignored) => Read(path, Path.GetFileName(path), schema, ignored);

    /// <summary>The rows of a stream, which is read to its end; otherwise like a file.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="name">What they are, for messages, such as <c>standard input</c>.</param>
    /// <param name="schema">What the model reads.</param>
    /// <param name="ignored">Columns that may be there and are not read.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="UnusableFileException">There are too many bytes, they are no table, or its columns are not the model's.</exception>
    public static async Task<GivenRows> ReadAsync(Stream content, string name, InputSchema schema, IReadOnlyCollection<string> ignored, CancellationToken cancellation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lifecycle-");
        try
        {
            string path = Path.Combine(folder.FullName, "rows");
            await using (FileStream copy = new(path, FileMode.CreateNew))
            {
                await CopyAsync(content, copy, name, cancellation);
            }

            return Read(path, name, schema, ignored);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The texts of a file, for a model of one text.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="schema">What the model reads.</param>
    /// <param name="column">Column of the texts; null takes <c>input</c>, or the line of a text without columns.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UnusableFileException">The file is missing, too large or damaged, or has not the column.</exception>
    public static GivenRows ReadTexts(string path, InputSchema schema, string? column, TimeProvider time)
    {
        Require(path);
        ImmutableArray<GivenRow> rows = Tell(() => EventFile.Open(path, Path.GetFileName(path), new() { Input = column }, EventRules.At(time.GetUtcNow()), new DataLimits())
            .Rows.Select(row => new GivenRow(row.Line, [row.Input], row.Fault)).ToImmutableArray());
        return OfTexts(schema, rows);
    }

    /// <summary>Texts for a model of one text.</summary>
    public static GivenRows OfTexts(InputSchema schema, IEnumerable<string> texts) => OfTexts(schema, [.. texts.Select(text => new GivenRow(Line: null, [text], Fault: null))]);

    /// <summary>One row, given as <c>column=value</c>.</summary>
    /// <exception cref="UnusableFileException">One is no such value, or a column is missing, given twice or unknown.</exception>
    public static GivenRows OfValues(InputSchema schema, IReadOnlyCollection<string> values) => Tell(() => GivenValues.Read(schema, values));

    private static GivenRows OfTexts(InputSchema schema, ImmutableArray<GivenRow> rows) =>
        new(rows, InputRows.OfTexts(schema, rows.Where(row => row.Fault is null).Select(row => row.Values[0]!)));

    private static GivenRows Read(string path, string name, InputSchema schema, IReadOnlyCollection<string> ignored)
    {
        Require(path);
        return Tell(() => GivenTable.Read(path, name, schema, ignored, new DataLimits()));
    }

    private static async Task CopyAsync(Stream from, FileStream to, string name, CancellationToken cancellation)
    {
        byte[] buffer = new byte[1 << 16];
        for (int read = await from.ReadAsync(buffer, cancellation); read > 0; read = await from.ReadAsync(buffer, cancellation))
        {
            await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
            if (to.Position > MaximumBytes)
            {
                throw TooLarge(name, "more bytes");
            }
        }
    }

    private static UnusableFileException TooLarge(string name, string found) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name} has {found}, expected at most {MaximumBytes}; split it, or use 'lifecycle score'"));

    private static T Tell<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataSourceException unusable)
        {
            throw new UnusableFileException(unusable.Message, unusable);
        }
    }
}
