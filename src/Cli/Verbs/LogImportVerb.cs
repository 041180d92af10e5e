using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Schemas;
using Lifecycle.Serving.Importing;
using Lifecycle.Serving.Models;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle log import</c>: puts traffic and labels that others recorded into the log.</summary>
public static class LogImportVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> model = new("model") { Description = "Name of the model" };
        Option<FileInfo> file = new("--file") { Description = "File to import: CSV, TSV, JSON, Parquet, or a value on each line; gzip and zstd are unpacked", Required = true, HelpName = "FILE" };
        Option<string?> input = Column("--input", "Column of the one text (default: input, or the line of a text without columns); a model of columns finds them by their names");
        Option<string[]> ignore = new("--ignore") { Description = "Columns of the file that a model of columns does not read", AllowMultipleArgumentsPerToken = true, HelpName = "COLUMN" };
        Option<string?> time = Column("--time", "Column of the event's time, ISO 8601 with a zone (default: now)");
        Option<string?> id = Column("--request-id", "Column of the request's id (default: made of the file's digest and the line)");
        Option<string[]> prediction = new("--prediction") { Description = "Column of predictions that were made; of several classes CLASS=COLUMN for each", AllowMultipleArgumentsPerToken = true, HelpName = "COLUMN" };
        Option<string?> known = Column("--known-time", "Column that says when the prediction was known (default: now)");
        Option<string?> label = Column("--label", "Column of labels: 0 or 1, or a class's name, or the value");
        Option<string?> labelTime = Column("--label-time", "Column that says when the label was known (default: now)");
        Option<string?> format = new("--time-format") { Description = "How the times are written instead: unix, unix-ms, or a pattern such as 'dd/MM/yyyy HH:mm' (UTC unless it holds zzz)", HelpName = "FORMAT" };
        Option<DateTimeOffset?> earliest = new("--earliest") { Description = "Earliest time that is believed (default: 1970-01-01)", HelpName = "TIME" };
        Option<DateTimeOffset?> latest = new("--latest") { Description = "Latest time that is believed (default: a day from now)", HelpName = "TIME" };
        Option<double> refused = new("--maximum-refused-share") { Description = "Share of refused rows above which the whole file is refused (ten rows always may be)", DefaultValueFactory = _ => 0.05, HelpName = "SHARE" };
        refused.Validators.Add(OptionBounds.Share);
        Option<string?> source = new("--source") { Description = "Who says the labels (default: the file's name)", HelpName = "NAME" };
        Option<bool> score = new("--score") { Description = "Score rows without a prediction with the live model, verified first" };
        ChannelOption channel = new("Release channel of --score");
        return Verb.Create(
            "import", "Import traffic or labels; twice is once; exit 1 when a row is refused, 2 when the file is",
            "log import disposable-domain --file traffic.csv --time at --input domain --score",
            "log import disposable-domain --file abuse.csv --input domain --label bad --source abuse-desk",
            "log import flight-delay --file flights.csv --request-id flight --label delay --score",
            "log import disposable-domain --file old.csv.gz --input domain --time at --time-format 'dd/MM/yyyy HH:mm' --score")
            .Does([model, file, input, ignore, time, id, prediction, known, label, labelTime, format, earliest, latest, refused, source, score, channel.Option], async (parsed, output, cancellation) =>
            {
                LogImportRequest request = new()
                {
                    Model = parsed.GetValue(model)!,
                    File = parsed.GetValue(file)!.FullName,
                    Source = parsed.GetValue(source),
                    TimeFormat = parsed.GetValue(format),
                    EarliestTime = parsed.GetValue(earliest),
                    LatestTime = parsed.GetValue(latest),
                    MaximumRefusedShare = parsed.GetValue(refused),
                    Columns = new()
                    {
                        Input = parsed.GetValue(input),
                        Time = parsed.GetValue(time),
                        RequestId = parsed.GetValue(id),
                        Predictions = [.. parsed.GetValue(prediction) ?? []],
                        Ignored = [.. parsed.GetValue(ignore) ?? []],
                        KnownTime = parsed.GetValue(known),
                        Label = parsed.GetValue(label),
                        LabelTime = parsed.GetValue(labelTime),
                    },
                };
                string blob = GlobalOptions.BlobOf(parsed);
                using LiveModel? scorer = parsed.GetValue(score)
                    ? await BlobRooms.OpenLiveModelAsync(blob, GlobalOptions.HomeOf(parsed), request.Model, channel.Of(parsed, request.Model), cancellation)
                    : null;
                (InputSchema? schema, Target? target) = scorer is null ? await ShapeAsync(parsed, request.Model, channel.Of(parsed, request.Model), cancellation) : default;
                LogImportResult result = await new LogImport(
                    await BlobRooms.OpenLogAsync(blob, GlobalOptions.HomeOf(parsed), cancellation), TimeProvider.System).ImportAsync(
                    request with { Schema = schema, Target = target }, scorer, cancellation);
                output.Result(result, console =>
                {
                    console.Line($"{result.RowCount} rows: {result.PredictionCount} predictions and {result.LabelCount} labels are in the log of {request.Model}, import {result.Id}");
                    RefusalTables.Draw(console, result.Refusals);
                });
                return result.Refusals.Count == 0 ? ExitCodes.Success : ExitCodes.Negative;
            });
    }

    // Labels may come before any model: what its definition says is enough, and else what is live.
    private static async Task<(InputSchema? Schema, Target? Target)> ShapeAsync(ParseResult parsed, string model, string channel, CancellationToken cancellation)
    {
        if (OwnDefinition.Of(model) is { } own)
        {
            return (own.Features.Schema, own.Predicts);
        }

        try
        {
            using LiveModel live = await BlobRooms.OpenLiveModelAsync(GlobalOptions.BlobOf(parsed), GlobalOptions.HomeOf(parsed), model, channel, cancellation);
            return (live.Schema, live.Target);
        }
        catch (NotServableException)
        {
            return default;
        }
    }

    private static Option<string?> Column(string name, string description) => new(name) { Description = description, HelpName = "COLUMN" };
}
