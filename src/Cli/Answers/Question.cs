using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Output;
using Lifecycle.Domain.Files;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Serving.Models;

namespace Lifecycle.Cli.Answers;

/// <summary>Rows that somebody asks a model about.</summary>
/// <param name="Values">Values; of a model of columns a row as <c>column=value</c>, of a model of one text the texts, or the path of a file.</param>
/// <param name="File">Path of a file of rows by the model's columns, <c>-</c> for standard input; null where there are values.</param>
/// <param name="Ignored">Columns of it that are not read.</param>
/// <param name="Column">Column of a file of texts.</param>
internal sealed record Question(string[] Values, string? File, string[] Ignored, string? Column)
{
    private const string StandardInput = "-";

    /// <summary>Whether each answer shall say why.</summary>
    public bool Explain { get; init; }

    // One value that is the path of something that can be read is a file of rows; a folder's name may be a value.
    private bool IsFile => Values is [var path] && FileFacts.Of(path).Kind is not (FileKind.Nothing or FileKind.Folder);

    /// <summary>Finds what is wrong before a model is fetched.</summary>
    /// <exception cref="CommandException">An option stands alone.</exception>
    /// <exception cref="UnusableFileException">The file is missing or too large.</exception>
    public void Check()
    {
        if ((File ?? (IsFile ? Values[0] : StandardInput)) is var path and not StandardInput)
        {
            InputFile.Require(path);
        }

        if (Column is not null && !IsFile)
        {
            throw new CommandException(ExitCodes.BadInput, $"--column {Texts.Visible(Column)} is of a file of texts, and there is no file {(Values is [var value, ..] ? $"'{Texts.Visible(value)}'" : "among the values; --input reads by the model's columns")}");
        }

        if (Ignored is not [] && File is null && !IsFile)
        {
            throw new CommandException(ExitCodes.BadInput, $"--ignore {Texts.Visible(Ignored[0])} is of a file, and there is none; leave the column out");
        }
    }

    /// <summary>Reads the rows as the model reads them.</summary>
    /// <exception cref="UnusableFileException">They cannot be read, or are not the model's columns.</exception>
    /// <exception cref="CommandException">An option is of another kind of model.</exception>
    public async Task<GivenRows> ReadAsync(InputSchema schema, CancellationToken cancellation)
    {
        if (Column is not null && schema.OnlyText is null)
        {
            throw new CommandException(ExitCodes.BadInput, $"--column {Texts.Visible(Column)} is of models of one text; this one reads {string.Join(", ", schema.Columns.Select(column => Texts.Visible(column.Name)))}, each by its name");
        }

        return this switch
        {
            { File: StandardInput } => await InputFile.ReadAsync(Console.OpenStandardInput(), "standard input", schema, Ignored, cancellation),
            { File: { } path } => InputFile.Read(path, schema, Ignored),
            { IsFile: true } when schema.OnlyText is null => InputFile.Read(Values[0], schema, Ignored),
            { IsFile: true } => InputFile.ReadTexts(Values[0], schema, Column, TimeProvider.System),
            _ when schema.OnlyText is null => InputFile.OfValues(schema, Values),
            _ => InputFile.OfTexts(schema, Values),
        };
    }
}
