using System.Text;
using Azure.Storage.Blobs;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Scoring;
using Lifecycle.EndToEnd.Tests.Samples;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Scoring;

/// <summary>Batches that name what they may not, and blobs by every name that Azure allows.</summary>
public sealed class RequestedRowsTests(TrainedStack trained) : IClassFixture<TrainedStack>
{
    [Theory]
    [InlineData("keys-all", "{home}/keys/*", null, null, "the worker may not read")]
    [InlineData("keys-one", "{home}/keys/publisher.key.pem", null, null, "the worker may not read")]
    [InlineData("keys-around", "../../home/keys/*", null, null, "the worker may not read")]
    [InlineData("passwd", "/etc/passwd", null, null, "the worker may not read")]
    [InlineData("enrolment", "{home}/*.json", null, null, "the worker may not read")]
    [InlineData("control", "rows\n.csv", null, null, "holds a control character")]
    [InlineData("publications", null, "publications/", null, "reaches publications/")]
    [InlineData("log", null, "predictions/sample-host/", null, "reaches predictions/")]
    [InlineData("letter", null, "s", null, "which the product keeps for itself")]
    [InlineData("snapshot", null, null, "../../channels/sample-host/production", "is no identifier")]
    public async Task Batch_ThatNamesWhatItMayNot_FailsOnceAndReadsNothing(string key, string? files, string? prefix, string? snapshot, string reason)
    {
        ScoringRequest request = Request(key) with
        {
            Source = new() { WorkerFiles = files?.Replace("{home}", trained.Stack.Home.Root, StringComparison.Ordinal), BlobPrefix = prefix, Snapshot = snapshot },
        };

        WorkflowFailedException failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => SampleBatches.ScoreAsync(trained.Stack.Client, request));

        ApplicationFailureException failure = Assert.IsType<ApplicationFailureException>(failed.InnerException!.InnerException);
        Assert.Equal((FailureTypes.InvalidRequest, true), (failure.ErrorType, failure.NonRetryable));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Empty(await SampleBatches.DigestsAsync(trained.Store, $"scores/{SampleModel.Name}/{key}/"));
    }

    [Fact]
    public async Task Batch_OfFilesInTheModelsFolder_IsScored()
    {
        ScoringState state = await SampleBatches.ScoreAsync(
            trained.Stack.Client, Request("own") with { Source = new() { WorkerFiles = "data/2024-01.csv" }, InputColumn = "host" });

        Assert.Equal(600, state.Progress!.RowCount);
    }

    [Theory]
    [InlineData("spaces", "exports/a (1)/", "rows b.csv")]
    [InlineData("umlauts", "exporte/März/", "日本 😀.csv")]
    [InlineData("escapes", "a%20b+c&d=e/", "f?g#h.csv")]
    [InlineData("empty-part", "double//", "rows.csv")]
    [InlineData("partial", "part/2024-0", "3/rows.csv")]
    public async Task Batch_OfBlobsByAnyNameThatAzureAllows_IsScored(string key, string prefix, string rest)
    {
        BlobContainerClient container = new(trained.Stack.Services.BlobConnectionString, "lifecycle", new(BlobClientOptions.ServiceVersion.V2025_11_05) { TrimBlobNameSlashes = false });
        using MemoryStream content = new(Encoding.UTF8.GetBytes("host\nbank1.org\nbank2.org\n"));
        await container.GetBlobClient(prefix + rest).UploadAsync(content, TestContext.Current.CancellationToken);

        ScoringState state = await SampleBatches.ScoreAsync(trained.Stack.Client, Request(key) with { Source = new() { BlobPrefix = prefix }, InputColumn = "host" });

        Assert.Equal((2L, 0L), (state.Progress!.RowCount, state.Progress.Refusals.Count));
    }

    private static ScoringRequest Request(string key) => new() { Model = SampleModel.Name, Key = key, Source = new() };
}
