using Lifecycle.Cli.Hosting;
using Lifecycle.Data.Events;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Serving.Importing;
using Lifecycle.Serving.Logging;
using Lifecycle.Storage;

namespace Lifecycle.EndToEnd.Tests.Scoring;

/// <summary>The sample model learns from labels that were imported into its log.</summary>
public sealed class FlywheelTests
{
    [Fact]
    public async Task Run_AfterFeedbackWasImported_LearnsFromWhatWasKnownByTheCutoff_AndNamesItsSource()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        RetrainingState before = await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-01");
        await ImportAsync(stack, "host,bad,told\nlearned1.example,1,2024-02-10T00:00:00Z\nlearned2.example,0,2024-02-29T00:00:00Z\nfuture.example,1,2024-03-01T00:00:00Z\n");
        var run = await SampleRuns.StartAsync(stack.Client, "2024-02");
        RetrainingState after = await run.QueryAsync(workflow => workflow.State);

        Assert.Equal(600, before.Snapshot!.RowCount);
        Assert.Equal(6002, after.Snapshot!.RowCount);
        Assert.Contains(after.Snapshot.Sources, source => source.Name == "feedback");
        Assert.Equal(RetrainingStage.Approval, after.Stages.Last(stage => stage.Status == StageStatus.Running).Stage);
    }

    private static async Task ImportAsync(SampleStack stack, string text)
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "complaints.csv");
        await File.WriteAllTextAsync(file, text);
        AzureBlobStore store = AzureBlobStore.Open(new() { ConnectionString = stack.Services.BlobConnectionString });
        LogImportResult result = await new LogImport(new PredictionParts(store, folder.Path), TimeProvider.System).ImportAsync(
            new()
            {
                Model = SampleModel.Name, File = file, Source = "desk",
                Columns = new EventColumns { Input = "host", Label = "bad", LabelTime = "told" },
            },
            scorer: null);
        Assert.Equal(3, result.LabelCount);
    }
}
