using System.CommandLine;
using Lifecycle.Cli.Failures;

namespace Lifecycle.Cli.Answers;

/// <summary>The options of <c>lifecycle predict</c> that say which rows are asked about.</summary>
internal sealed class QuestionOptions
{
    private readonly Argument<string[]> values = new("value")
    {
        Description = "A row as column=value of each column; of a model of one text the texts, or one file of them: CSV, TSV, JSON, Parquet, or a text on each line",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> input = new("--input") { Description = "A file of rows instead, by the model's columns: CSV, TSV, JSON or Parquet; - is standard input", HelpName = "FILE" };
    private readonly Option<string[]> ignore = new("--ignore") { Description = "Columns of the file that the model does not read, such as the label", AllowMultipleArgumentsPerToken = true, HelpName = "COLUMN" };
    private readonly Option<string?> column = new("--column") { Description = "Of a model of one text: column of the texts in a file (default: input, or the line of a text without columns)", HelpName = "COLUMN" };

    private readonly Option<bool> explain = new("--explain") { Description = "Say why: what each column adds to the raw score of each row, and the features that add most" };

    /// <summary>All of them.</summary>
    public IEnumerable<Symbol> Symbols => [values, input, ignore, column, explain];

    /// <summary>What a parsed command line asks about.</summary>
    /// <exception cref="CommandException">It names no rows, or names them twice.</exception>
    public Question Of(ParseResult parsed)
    {
        Question question = new(parsed.GetValue(values) ?? [], parsed.GetValue(input), parsed.GetValue(ignore) ?? [], parsed.GetValue(column)) { Explain = parsed.GetValue(explain) };
        return (question.Values is []) == (question.File is null)
            ? throw new CommandException(ExitCodes.BadInput, "name the rows by values or by --input, one of the two")
            : question;
    }
}
