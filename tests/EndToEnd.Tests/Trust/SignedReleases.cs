using System.Collections.Immutable;
using Lifecycle.Activities;
using Lifecycle.Activities.Files;
using Lifecycle.Activities.Stages;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Following;
using Lifecycle.Client.Runs;
using Lifecycle.Data;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Promotions;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.EndToEnd.Tests.Watching;
using Lifecycle.Publishing.Keys;
using Lifecycle.Serving.Models;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Temporalio.Testing;

namespace Lifecycle.EndToEnd.Tests.Trust;

/// <summary>
/// Four releases that were really trained, approved and signed by the same engineers, of which one is asked for: version 2 of the sample
/// model on production. The others are its version 1, the model's version 1 on canary, and another model's version 1. All four answer
/// differently, so that whoever is served another can see it. Made once for all tests of the collection.
/// </summary>
public sealed class SignedReleases : IAsyncLifetime
{
    /// <summary>Name of the other model.</summary>
    public const string OtherModel = "other-host";

    /// <summary>What everybody is asked.</summary>
    internal static readonly ImmutableArray<string> Probes = ["bank1.org", "temp7.com", "garden-temp.io", "river17.com", "spam99999.net"];

    private readonly Dictionary<string, object> made = new(StringComparer.Ordinal);

    /// <summary>The home.</summary>
    internal SampleStack Stack { get; private set; } = null!;

    /// <summary>The run that made version 1.</summary>
    internal RetrainingState Before { get; private set; } = null!;

    /// <summary>The run that made the live version 2, which is asked for.</summary>
    internal RetrainingState Live { get; private set; } = null!;

    /// <summary>The run that made the model's version 1 on canary.</summary>
    internal RetrainingState Canary { get; private set; } = null!;

    /// <summary>The run that made the other model's version 1.</summary>
    internal RetrainingState Other { get; private set; } = null!;

    /// <summary>Every file of every release, by <c>directory/name</c>.</summary>
    internal ImmutableDictionary<string, byte[]> Files { get; private set; } = ImmutableDictionary<string, byte[]>.Empty;

    /// <summary>The live release's answers to <see cref="Probes"/>.</summary>
    internal ImmutableArray<float> Answers { get; private set; }

    internal IBlobStore Store => Stack.Store;

    internal KeyFolder Keys => new(Stack.Home.Root);

    internal StageFolders Folders => new(Models, Stack.Home.Scratch);

    private string Models => Path.GetDirectoryName(Path.GetDirectoryName(Stack.ModelFile))!;

    /// <summary>Trains all four.</summary>
    public async ValueTask InitializeAsync()
    {
        Stack = await SampleStack.StartAsync(EngineKind.Local);
        Before = await RetrainAsync(SampleModel.Name, "2024-01");
        Live = await RetrainAsync(SampleModel.Name, "2024-02");
        string definition = await File.ReadAllTextAsync(Stack.ModelFile);
        await WriteOtherAsync(definition);
        Other = await RetrainAsync(OtherModel, "2024-01");
        await File.WriteAllTextAsync(Stack.ModelFile, Replaced(Replaced(definition, "channel: production", "channel: canary"), "trees: 40", "trees: 30"));
        Canary = await RetrainAsync(SampleModel.Name, "2024-01");
        await File.WriteAllTextAsync(Stack.ModelFile, definition);

        await foreach (string name in Store.ListAsync("publications/"))
        {
            Files = Files.Add(name, (await Store.ReadAsync(name, 64 << 20))!.Content.ToArray());
        }

        await WriteTrafficAsync();
        Answers = await AnswersAsync(SampleModel.Name, "production");
        foreach ((string model, string channel) in new[] { (OtherModel, "production"), (SampleModel.Name, "canary") })
        {
            Assert.NotEqual(Answers, await AnswersAsync(model, channel));
        }

        Assert.Equal(4, new[] { Before, Live, Canary, Other }.Select(run => run.Publication!.ModelDigest).Distinct().Count());
    }

    /// <summary>Ends it.</summary>
    public ValueTask DisposeAsync() => Stack.DisposeAsync();

    /// <summary>Artifacts of a store, with no local copy of any.</summary>
    internal ArtifactStore Artifacts(IBlobStore store) => new(store, Path.Combine(Stack.Home.Scratch, Path.GetRandomFileName()));

    /// <summary>Scoring over a store.</summary>
    internal ScoringActivity Scoring(IBlobStore store) => new(
        Folders, new RequestedFiles(new(Folders.Models, Stack.Home.Root)), Keys, store, Artifacts(store), new DataLimits(), TimeProvider.System);

    /// <summary>The definition, as a run reads it.</summary>
    internal Task<RunDefinition> ReadDefinitionAsync() => RunAsync(() => new DefinitionActivity(Folders, Artifacts(Store), new(Keys, Store)).ReadDefinitionAsync(
        new RetrainingRequest { Model = SampleModel.Name, Snapshot = "2024-02" }));

    /// <summary>What is made once, for all rows of a table to be compared with.</summary>
    internal async Task<T> OnceAsync<T>(string name, Func<Task<T>> make)
        where T : notnull
    {
        if (!made.TryGetValue(name, out object? found))
        {
            made[name] = found = await make();
        }

        return (T)found;
    }

    /// <summary>Runs an activity by itself.</summary>
    internal static Task<T> RunAsync<T>(Func<Task<T>> activity) => new ActivityEnvironment().RunAsync(activity);

    /// <summary>What is live, asked for the answers to <see cref="Probes"/>.</summary>
    internal async Task<ImmutableArray<float>> AnswersAsync(string model, string channel, IBlobStore? store = null)
    {
        using LiveModel live = await LiveModel.OpenAsync(store ?? Store, Keys.ReadTrustRoot(), model, channel, TimeProvider.System);
        return [.. live.Predict(Probes).Select(answer => answer.Probability!.Value)];
    }

    // A day of traffic for the drift watch, and answers of the live version since its promotion.
    private async Task WriteTrafficAsync()
    {
        using TemporaryFolder folder = new();
        await new SampleTraffic(Store, folder.Path).WriteAsync(Live, 4, TrafficKind.Usual);
        await new WatchedChampions(Stack.Client, Stack.Home, Store, folder.Path).AnswerAsync(Live, isContrary: false);
    }

    private async Task WriteOtherAsync(string definition)
    {
        string from = Path.GetDirectoryName(Stack.ModelFile)!;
        string to = Path.Combine(Models, OtherModel);
        Directory.CreateDirectory(Path.Combine(to, "data"));
        foreach (string file in (string[])["rows.sql", .. Directory.EnumerateFiles(Path.Combine(from, "data")).Select(file => Path.GetRelativePath(from, file))])
        {
            File.Copy(Path.Combine(from, file), Path.Combine(to, file));
        }

        await File.WriteAllTextAsync(
            Path.Combine(to, "model.yaml"), Replaced(Replaced(definition, $"name: {SampleModel.Name}", $"name: {OtherModel}"), "trees: 40", "trees: 25"));
    }

    private static string Replaced(string text, string old, string changed)
    {
        Assert.Contains(old, text, StringComparison.Ordinal);
        return text.Replace(old, changed, StringComparison.Ordinal);
    }

    private async Task<RetrainingState> RetrainAsync(string model, string snapshot)
    {
        LaunchResult launched = await RetrainingLaunch.StartAsync(
            EngineLine.Over(Stack.Client), SampleRuns.Request(snapshot) with { Model = model }, _ => { }, CancellationToken.None);
        var run = Stack.Client.GetWorkflowHandle<RetrainingWorkflow, RetrainingState>(launched.WorkflowId, launched.RunId);
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(10));
        RetrainingState waiting = await SampleRuns.Follower(run).FollowAsync(state => state.Release is not null, limit.Token);
        Assert.True(waiting.Release is not null, waiting.Reason);
        foreach (string engineer in DemoEngineers.Names)
        {
            await SampleRuns.DecideAsync(run, Stack.Home, engineer);
        }

        RetrainingState ended = await SampleRuns.Follower(run).FollowAsync(_ => false, limit.Token);
        Assert.True(ended.Outcome == RetrainingOutcome.Promoted, ended.Reason);
        return ended;
    }
}

/// <summary>Tests that share the releases.</summary>
[CollectionDefinition(nameof(SignedReleasesCollection))]
public sealed class SignedReleasesCollection : ICollectionFixture<SignedReleases>;
