using System.Collections.Immutable;
using System.Text;
using Lifecycle.Cli.Scoring;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Scoring;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Storage;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Scoring;

public sealed class BatchScoringTests(TrainedStack trained) : IClassFixture<TrainedStack>
{
    private ArtifactStore Artifacts => new(trained.Store, trained.Stack.Home.Scratch);

    [Fact]
    public async Task Batch_WithRowsThatCannotBeScored_RefusesThemByFileAndLine_AndScoresTheOthers()
    {
        string text = "host\nbank1.org\nno host name\n\nbank2.org\n" + new string('a', 300) + ".org\nbank3.org\n";
        ScoringState state = await ScoreAsync("refusals", text);
        Assert.Equal(5, state.Progress!.RowCount);
        Assert.Equal([3L, 6L], state.Progress.Refusals.Examples.Select(row => row.Line));
        Assert.All(state.Progress.Refusals.Examples, row => Assert.Equal("hosts.csv", row.Source));
        Assert.Equal(2, state.Progress.Refusals.Kinds.Count);
    }

    [Fact]
    public async Task Batch_ThatIsDone_IsCopiedIntoAFolder_FileByFile()
    {
        ScoringState state = await ScoreAsync("copied", "host\nbank1.org\nbank2.org\n");
        using TemporaryFolder folder = new();
        await ScoresCopy.ToFolderAsync(trained.Store, Artifacts, state.Manifest!, folder.Path, CancellationToken.None);
        Assert.Equal(["000000.parquet", "manifest.json"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Batch_AskedForAgainAfterAPromotion_KeepsItsModelAndItsScores()
    {
        ScoringState first = await ScoreAsync("pinned", "host\nbank1.org\n");
        ImmutableSortedDictionary<string, string> before = await SampleBatches.DigestsAsync(trained.Store, $"scores/{SampleModel.Name}/pinned/");
        RetrainingState promoted = await SampleRuns.RetrainAsync(trained.Stack.Client, trained.Stack.Home, "2024-02");
        Assert.Equal(RetrainingOutcome.Promoted, promoted.Outcome);

        ScoringState again = await ScoreAsync("pinned", "host\nbank1.org\n");
        Assert.Equal(first.Manifest, again.Manifest);
        Assert.Equal(before, await SampleBatches.DigestsAsync(trained.Store, $"scores/{SampleModel.Name}/pinned/"));
        ScoringState other = await ScoreAsync("after", "host\nbank1.org\n");
        Assert.Equal(promoted.Publication!.ModelDigest, other.Progress!.Plan.Champion.Publication.ModelDigest);
    }

    [Fact]
    public async Task Batch_OfAKeyThatBelongsToOtherRows_IsRefused()
    {
        await ScoreAsync("taken", "host\nbank1.org\n");
        await RequireRefusalAsync(() => ScoreAsync("taken", "host\nbank2.org\n"), "belongs to a batch of other rows");
    }

    [Theory]
    [InlineData("host\n", "has no rows")]
    [InlineData("name\nbank1.org\n", "has no column 'host'; it has name")]
    [InlineData("", "is empty")]
    [InlineData("host\nbank1.org\nbank2.org,more\n", "hosts.csv, line 3: the row has 2 fields; expected 1")]
    [InlineData("host\nbank1.org\n\"bank2.org\n", "hosts.csv, line 3: a quote opens a field here and is never closed")]
    [InlineData("host\nbank\u00001.org\n", "hosts.csv, line 2: holds a NUL")]
    public async Task Batch_OfAFileThatCannotBeUsed_IsRefused(string text, string reason) =>
        await RequireRefusalAsync(() => ScoreAsync($"unusable-{text.Length}", text), reason);

    private static async Task RequireRefusalAsync(Func<Task> batch, string reason)
    {
        WorkflowFailedException failed = await Assert.ThrowsAsync<WorkflowFailedException>(batch);
        Assert.Contains(reason, failed.InnerException!.InnerException!.Message, StringComparison.Ordinal);
    }

    private async Task<ScoringState> ScoreAsync(string key, string text)
    {
        ArtifactRef content = await Artifacts.UploadAsync(Encoding.UTF8.GetBytes(text), "text/csv");
        return await SampleBatches.ScoreAsync(trained.Stack.Client, new ScoringRequest
        {
            Model = SampleModel.Name,
            Key = key,
            Source = new() { Files = [new SourceFile("hosts.csv", content)] },
            InputColumn = "host",
        });
    }
}
