using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Following;
using Lifecycle.Client.Releases;
using Lifecycle.Client.Watching;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Watching;
using Lifecycle.Storage;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Watching;

/// <summary>The answers change for a part of the traffic that the model definition protects.</summary>
public sealed class ProtectedSliceTests
{
    [Fact]
    public async Task Slice_WhoseLossRose_AsksForARunByName()
    {
        await using SampleStack stack = await StartAsync("{ io: \"input LIKE '%.io'\", com: \"input LIKE '%.com'\" }");

        DriftDecision decision = await DecideAsync(stack);

        var slices = decision.Evidence.Report.Losses.Slices;
        Assert.Equal(["com", "io"], slices.Keys);
        Assert.True(slices["io"].Lower > 0.25, $"io: {slices["io"]}");
        Assert.True(slices["com"].Lower < 0.1, $"com: {slices["com"]}");
        Assert.Equal(DriftVerdict.Retrain, decision.Verdict);
        Assert.Contains(decision.Reasons, reason => reason.Contains("protected slice 'io'", StringComparison.Ordinal));
        Assert.DoesNotContain(decision.Reasons, reason => reason.Contains("protected slice 'com'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Slice_OfAColumnThatTrafficDoesNotHave_FailsTheLookAndNamesTheKey()
    {
        await using SampleStack stack = await StartAsync("{ io: \"host LIKE '%.io'\" }");

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => DecideAsync(stack));

        Assert.Contains("model.yaml:25: slice 'io'", failure.InnerException!.InnerException!.Message, StringComparison.Ordinal);
    }

    private static async Task<SampleStack> StartAsync(string slices)
    {
        SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        await File.AppendAllTextAsync(stack.ModelFile, $"\nwatch: {{ protectedSlices: {slices}, policy: {{ minimumRows: 100 }} }}\n");
        return stack;
    }

    private static async Task<DriftDecision> DecideAsync(SampleStack stack)
    {
        using TemporaryFolder folder = new();
        RetrainingState champion = await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-02");
        IBlobStore store = await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None);
        await new SampleTraffic(store, folder.Path).WriteAsync(champion, 4, TrafficKind.ContraryOnIo);
        await DriftLook.TakeAsync(EngineLine.Over(stack.Client), SampleModel.Name, _ => { }, CancellationToken.None);
        return Assert.Single(await new DriftJournal(store).HistoryAsync(SampleModel.Name));
    }
}
