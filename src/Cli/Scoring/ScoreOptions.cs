using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Scoring;
using Lifecycle.Storage;

namespace Lifecycle.Cli.Scoring;

/// <summary>The options of <c>lifecycle score</c>, and the request that they make.</summary>
internal sealed class ScoreOptions
{
    private readonly Argument<string> model = new("model") { Description = "Name of the model" };
    private readonly Option<string[]> input = new("--input") { Description = "Files of rows: CSV, TSV, JSON, Parquet, or a value on each line; gzip and zstd are unpacked", AllowMultipleArgumentsPerToken = true, HelpName = "FILE" };
    private readonly Option<string?> workerFiles = new("--worker-files") { Description = "Files on the workers' machines instead, in the model's folder or one that the worker allows", HelpName = "GLOB" };
    private readonly Option<string?> blobs = new("--blobs") { Description = "Blobs under a prefix instead", HelpName = "PREFIX" };
    private readonly Option<string?> snapshot = new("--snapshot") { Description = "An accepted DataSnapshot instead", HelpName = "ID" };
    private readonly Option<string?> column = new("--column") { Description = "Column of the one text (default: input, or the line of a text without columns); a model of columns finds them by their names", HelpName = "COLUMN" };
    private readonly Option<string[]> ignore = new("--ignore") { Description = "Columns of the file that the model does not read, such as the label", AllowMultipleArgumentsPerToken = true, HelpName = "COLUMN" };
    private readonly Option<string?> timeColumn = new("--time") { Description = "Column of the event's time, ISO 8601 with a zone (default: now)", HelpName = "COLUMN" };
    private readonly Option<string?> timeFormat = new("--time-format") { Description = "How the times are written instead: unix, unix-ms, or a pattern such as 'dd/MM/yyyy HH:mm' (UTC unless it holds zzz)", HelpName = "FORMAT" };
    private readonly Option<string?> idColumn = new("--request-id") { Description = "Column of the request's id (default: made of key and position)", HelpName = "COLUMN" };
    private readonly Option<string?> key = new("--key") { Description = "Identity of the batch; the same key goes on with the same batch (default: made of the time)", HelpName = "NAME" };
    private readonly ChannelOption channel = new();
    private readonly Option<int> partitionRows = new("--partition-rows") { Description = "Rows of a partition, the unit of retry", DefaultValueFactory = _ => 50_000 };
    private readonly Option<int> parallelism = new("--parallel") { Description = "Partitions in work at once", DefaultValueFactory = _ => 2 };
    private readonly Option<bool> noLog = new("--no-log") { Description = "Leave the answers out of the prediction log" };

    // What is asked for is judged before anything is uploaded.
    private static readonly ArtifactRef Unread = ArtifactRef.ForContent(new string('0', 64), 0, "application/octet-stream");

    /// <summary>The options, with their bounds.</summary>
    public ScoreOptions()
    {
        partitionRows.Validators.Add(OptionBounds.AtLeast(1));
        parallelism.Validators.Add(OptionBounds.AtLeast(1));
    }

    /// <summary>Where the scores are copied to.</summary>
    public Option<DirectoryInfo?> Out { get; } = new("--out") { Description = "Copy the scores into this folder when they are done; implies --wait", HelpName = "DIR" };

    /// <summary>Whether to wait for the end.</summary>
    public Option<bool> Wait { get; } = new("--wait") { Description = "Follow the batch until it ends" };

    /// <summary>All of them.</summary>
    public IEnumerable<Symbol> All =>
        [model, input, workerFiles, blobs, snapshot, column, ignore, timeColumn, timeFormat, idColumn, key, channel.Option, partitionRows, parallelism, noLog, Out, Wait];

    /// <summary>Makes the request; files of this machine are uploaded, so that any worker can read them.</summary>
    public async Task<ScoringRequest> ReadAsync(ParseResult parsed, ArtifactStore artifacts, TimeProvider time, CancellationToken cancellation)
    {
        string[] files = parsed.GetValue(input) ?? [];
        string?[] sources = [files is [] ? null : "--input", parsed.GetValue(workerFiles), parsed.GetValue(blobs), parsed.GetValue(snapshot)];
        if (sources.Count(source => source is not null) != 1)
        {
            throw new CommandException(ExitCodes.BadInput, "name the rows by exactly one of --input, --worker-files, --blobs and --snapshot");
        }

        ScoringRequest request = new()
        {
            Model = parsed.GetValue(model)!,
            Key = parsed.GetValue(key) ?? time.GetUtcNow().UtcDateTime.ToString("'batch-'yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture),
            Channel = channel.Of(parsed, parsed.GetValue(model)!),
            Source = new()
            {
                Files = [.. files.Select(file => new SourceFile(file, Unread))],
                WorkerFiles = parsed.GetValue(workerFiles),
                BlobPrefix = parsed.GetValue(blobs),
                Snapshot = parsed.GetValue(snapshot),
            },
            InputColumn = parsed.GetValue(column),
            IgnoredColumns = [.. parsed.GetValue(ignore) ?? []],
            TimeColumn = parsed.GetValue(timeColumn),
            TimeFormat = parsed.GetValue(timeFormat),
            RequestIdColumn = parsed.GetValue(idColumn),
            PartitionRows = parsed.GetValue(partitionRows),
            Parallelism = parsed.GetValue(parallelism),
            Log = !parsed.GetValue(noLog),
        };
        return ScoringRequestRules.ProblemOf(request) is { } problem
            ? throw new CommandException(ExitCodes.BadInput, problem)
            : request with { Source = request.Source with { Files = await UploadAsync(files, artifacts, cancellation) } };
    }

    private static async Task<ImmutableArray<SourceFile>> UploadAsync(string[] files, ArtifactStore artifacts, CancellationToken cancellation)
    {
        ImmutableArray<SourceFile>.Builder uploaded = ImmutableArray.CreateBuilder<SourceFile>(files.Length);
        foreach (string file in files)
        {
            uploaded.Add(new SourceFile(file, await artifacts.UploadFileAsync(file, "application/octet-stream", cancellation)));
        }

        return uploaded.MoveToImmutable();
    }
}
