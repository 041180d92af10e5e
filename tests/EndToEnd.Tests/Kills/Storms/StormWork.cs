using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Scoring;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Channels;
using Lifecycle.Serving.Logging;
using Lifecycle.Storage;

namespace Lifecycle.EndToEnd.Tests.Kills.Storms;

/// <summary>
/// What people do while a storm kills processes, and what must be true afterwards: everything that was answered is there, and
/// everything that was asked for once is there once.
/// </summary>
internal sealed class StormWork(SplitServices services)
{
    private const int ImportedRows = 2_000;

    private readonly ReleaseChannels channels = new(services.Store);
    private ImmutableSortedDictionary<string, string>? undisturbedRun;
    private readonly Dictionary<string, string[]> scoresOfModels = [];
    private int loggedRows;

    /// <summary>The works by their names.</summary>
    public static ImmutableArray<string> Names { get; } = ["retrain", "rollback", "import", "schedule", "score"];

    /// <summary>Two Champions and a batch that nobody disturbs: what the others are held against.</summary>
    public async Task PrepareAsync()
    {
        StormVerbs verbs = new(services, storm: null);
        await RetrainAsync(verbs, "2024-01");
        await ScoreAsync(verbs, "calm-first", isLogged: false);
        await RetrainAsync(verbs, "2024-02");
        await ScoreAsync(verbs, "calm-second", isLogged: false);
    }

    /// <summary>Does one work in a storm, and checks it.</summary>
    public async Task DoAsync(string work, StormVerbs verbs, int seed)
    {
        switch (work)
        {
            case "retrain":
                // The Champion of the last promotion would only be met by itself: back to the one before, first.
                if (await LiveIsNewestAsync())
                {
                    await RollBackAsync(verbs);
                }

                await RetrainAsync(verbs, "2024-02");
                break;
            case "rollback":
                if (!await LiveIsNewestAsync())
                {
                    await RetrainAsync(verbs, "2024-02");
                }

                await RollBackAsync(verbs);
                break;
            case "import":
                await ImportAsync(verbs, seed);
                break;
            case "schedule":
                await ApplySchedulesAsync(verbs, seed);
                break;
            default:
                await ScoreAsync(verbs, $"storm-{seed}", isLogged: seed % 2 == 0);
                break;
        }
    }

    private async Task<bool> LiveIsNewestAsync() => (await HistoryAsync())[^1].Move == ChannelMove.Promotion;

    private async Task RetrainAsync(StormVerbs verbs, string snapshot)
    {
        ImmutableArray<ChannelEntry> before = await HistoryAsync();
        Task<EndedVerb> following = verbs.FollowAsync("retrain", SampleModel.Name, "--snapshot", snapshot, "--as", "carol", "--wait", "--json");
        foreach (string engineer in DemoEngineers.Names)
        {
            await DecideAsync(verbs, following, engineer);
        }

        EndedVerb ended = await following;
        Assert.True(ended.ExitCode == ExitCodes.Success, $"{ended}\n{services.Output}");
        RetrainingState state = JsonSerializer.Deserialize<RetrainingState>(ended.Output, Domain.DomainJson.Compact)!;
        ImmutableArray<ChannelEntry> after = await HistoryAsync();
        Assert.Equal(before.Length + 1, after.Length);
        Assert.Equal((ChannelMove.Promotion, state.Publication!.ReleaseDigest), (after[^1].Move, after[^1].Publication.ReleaseDigest));
        PublishedBytes published = await PublishedBytes.ReadAsync(services.Store, state);
        Assert.Equal(after.Select(entry => entry.Publication.ReleaseDigest).Distinct().Count(), published.PublicationCount);
        if (snapshot == "2024-02")
        {
            ImmutableSortedDictionary<string, string> digests = published.Digests.Remove("evaluation.json");
            undisturbedRun ??= digests;
            Assert.Equal(undisturbedRun, digests);
        }
    }

    private async Task RollBackAsync(StormVerbs verbs)
    {
        ImmutableArray<ChannelEntry> before = await HistoryAsync();
        EndedVerb asked = await verbs.InsistAsync("rollback", SampleModel.Name, "--as", "carol", "--reason", "a storm");
        Assert.True(asked.ExitCode == ExitCodes.Success || asked.Errors.Contains("is in flight", StringComparison.Ordinal), $"{asked}");
        foreach (string engineer in DemoEngineers.Names)
        {
            await DecideAsync(verbs, null, engineer, "--rollback");
        }

        ImmutableArray<ChannelEntry> after = await EventuallyAsync(HistoryAsync, history => history.Length > before.Length);
        Assert.Equal(before.Length + 1, after.Length);
        Assert.Equal(ChannelMove.Rollback, after[^1].Move);
    }

    // Typed until it counts: a decision that was counted before its answer was lost is told of as such.
    private static async Task DecideAsync(StormVerbs verbs, Task<EndedVerb>? following, string engineer, params string[] about)
    {
        EndedVerb decided;
        do
        {
            if (following is { IsCompleted: true })
            {
                EndedVerb over = await following;
                Assert.True(over.ExitCode == ExitCodes.Success, $"the run ended before it was approved: {over}");
                return;
            }

            decided = await verbs.InsistAsync(["approve", SampleModel.Name, "--as", engineer, .. about]);
        }
        while (!Counts(decided, mayHaveEnded: following is null));
    }

    // A run that ended is the one before, as long as the one that is followed has not been launched.
    private static bool Counts(EndedVerb decided, bool mayHaveEnded) => decided.ExitCode == ExitCodes.Success
        || decided.Errors.Contains("has decided already", StringComparison.Ordinal)
        || decided.Errors.Contains("already counted", StringComparison.Ordinal)
        || (mayHaveEnded && decided.Errors.Contains("ended", StringComparison.Ordinal));

    private async Task ImportAsync(StormVerbs verbs, int seed)
    {
        string file = Path.Combine(services.Files, $"traffic-{seed}.csv");
        StringBuilder rows = new("id,at,host,p\n");
        for (int i = 0; i < ImportedRows; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"import-{seed}-{i},2024-04-{1 + (i % 20):d2}T00:00:00Z,garden{i}.org,0.25\n");
        }

        await File.WriteAllTextAsync(file, rows.ToString());
        EndedVerb imported = await verbs.InsistAsync(
            "log", "import", SampleModel.Name, "--file", file, "--input", "host", "--time", "at", "--request-id", "id", "--prediction", "p");
        Assert.True(imported.ExitCode == ExitCodes.Success, $"{imported}");
        loggedRows += ImportedRows;
        await RequireLogAsync();
    }

    private async Task ApplySchedulesAsync(StormVerbs verbs, int seed)
    {
        string definition = await File.ReadAllTextAsync(services.ModelFile);
        int old = definition.IndexOf("\nschedules:", StringComparison.Ordinal);
        string schedules = string.Create(CultureInfo.InvariantCulture, $"\nschedules:\n  - {{ id: quarterly, does: retrain, cron: '{seed % 60} 6 1 */3 *', note: storm {seed} }}\n  - {{ id: even-{seed % 3}, does: retrain, cron: '0 7 1 1 *' }}\n");
        await File.WriteAllTextAsync(services.ModelFile, (old < 0 ? definition : definition[..old]) + schedules);
        EndedVerb applied = await verbs.InsistAsync("schedule", "apply", SampleModel.Name, "--yes", "--models", services.ModelsFolder);
        Assert.True(applied.ExitCode == ExitCodes.Success, $"{applied}");
        EndedVerb planned = await verbs.InsistAsync("schedule", "apply", SampleModel.Name, "--dry-run", "--models", services.ModelsFolder);
        Assert.True(planned.ExitCode == ExitCodes.Success, $"something was left to do: {planned}");
    }

    // Logged requests have ids of their own, and so count; the others are the same rows each time, and so must give the same bytes.
    private async Task ScoreAsync(StormVerbs verbs, string key, bool isLogged)
    {
        // Scores name the file of each row.
        string file = Path.Combine(services.Files, isLogged ? $"{key}.csv" : "rows.csv");
        StringBuilder rows = new("id,at,host\n");
        for (int i = 0; i < SampleBatches.RowCount; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"{(isLogged ? key : "row")}-{i},2024-03-{1 + (i % 3):d2}T00:00:00Z,bank{i}.org\n");
        }

        await File.WriteAllTextAsync(file, rows.ToString());
        string model = (await HistoryAsync())[^1].Publication.ModelDigest;
        string[] command =
        [
            "score", SampleModel.Name, "--input", file, "--column", "host", "--time", "at", "--request-id", "id",
            "--key", key, "--partition-rows", "100", "--wait",
        ];
        EndedVerb scored = await verbs.InsistAsync(isLogged ? command : [.. command, "--no-log"]);
        Assert.True(scored.ExitCode == ExitCodes.Success, $"{scored}\n{services.Output}");
        if (isLogged)
        {
            loggedRows += SampleBatches.RowCount;
            await RequireLogAsync();
            return;
        }

        string[] scores = [.. (await EventuallyAsync(() => SampleBatches.DigestsAsync(services.Store, $"scores/{SampleModel.Name}/{key}/"), _ => true))
            .Where(blob => blob.Key.EndsWith(".parquet", StringComparison.Ordinal)).Select(blob => blob.Value)];
        Assert.Equal(SampleBatches.PartitionCount, scores.Length);
        Assert.True(scoresOfModels.TryAdd(model, scores) || scoresOfModels[model].SequenceEqual(scores), $"batch {key} gave other scores than one that nobody disturbed");
    }

    private async Task RequireLogAsync()
    {
        using TemporaryFolder cache = new();
        ImmutableArray<LogDay> days = await EventuallyAsync(
            () => new LogDays(new PredictionParts(services.Store, cache.Path)).CountAsync(
                SampleModel.Name, new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 31), DateTimeOffset.MaxValue.AddDays(-1)),
            _ => true);
        Assert.Equal(loggedRows, days.Sum(day => day.RowCount));
    }

    private Task<ImmutableArray<ChannelEntry>> HistoryAsync() =>
        EventuallyAsync(() => channels.HistoryAsync(SampleModel.Name, "production"), _ => true);

    // The store may be dead at this moment, and is back in the next.
    private static async Task<T> EventuallyAsync<T>(Func<Task<T>> look, Func<T, bool> isThere)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        while (true)
        {
            try
            {
                if (await look() is var seen && isThere(seen))
                {
                    return seen;
                }
            }
            catch (StoreUnavailableException)
            {
                limit.Token.ThrowIfCancellationRequested();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }
}
