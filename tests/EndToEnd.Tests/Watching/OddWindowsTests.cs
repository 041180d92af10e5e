using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
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
using Lifecycle.Workflows.Watching;

namespace Lifecycle.EndToEnd.Tests.Watching;

/// <summary>Windows in which something cannot be measured: each is decided about, says what is inconclusive, and the next one goes on.</summary>
public sealed class OddWindowsTests
{
    private static readonly TrafficKind[] Days =
        [TrafficKind.Equal, TrafficKind.TwoHosts, TrafficKind.LongNumbers, TrafficKind.OneClass, TrafficKind.OneRow, TrafficKind.Broken, TrafficKind.Equal, TrafficKind.Usual];

    // It holds on every text that anybody has seen, and not on a number that no integer holds.
    private const string Slices =
        "\nwatch: { protectedSlices: { high: \"CAST(coalesce(nullif(regexp_extract(input, '[0-9]+'), ''), '0') AS INTEGER) > 50000\", io: \"input LIKE '%.io'\" } }\n";

    [Fact]
    public async Task Watch_OverWindowsThatCannotBeMeasured_DecidesEach_AndGoesOn()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        await File.AppendAllTextAsync(stack.ModelFile, Slices);
        using TemporaryFolder folder = new();
        RetrainingState champion = await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-02");
        IBlobStore store = await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None);
        SampleTraffic traffic = new(store, folder.Path);
        for (int day = 0; day < Days.Length; day++)
        {
            await traffic.WriteAsync(champion, 4 + day, Days[day]);
        }

        DriftWatchResult looked = await DriftLook.TakeAsync(EngineLine.Over(stack.Client), SampleModel.Name, _ => { }, CancellationToken.None);

        Assert.Equal(Enumerable.Range(4, Days.Length).Select(day => SampleTraffic.Day(day).Id), looked.Windows.Select(window => window.Window));
        ImmutableArray<DriftDecision> decisions = await new DriftJournal(store).HistoryAsync(SampleModel.Name);
        Assert.Equal(Days.Length, decisions.Length);
        Assert.Contains(decisions[0].Evidence.Report.Unmeasured, sentence => sentence.Contains("is inconclusive because", StringComparison.Ordinal));
        Assert.Contains(decisions[2].Evidence.Report.Unmeasured, sentence => sentence.StartsWith("The loss on slice 'high' is inconclusive because ", StringComparison.Ordinal));
        Assert.Equal(["io"], decisions[2].Evidence.Report.Losses.Slices.Keys);
        Assert.Empty(decisions[^1].Evidence.Report.Unmeasured);
        Assert.Equal(["high", "io"], decisions[^1].Evidence.Report.Losses.Slices.Keys);
        foreach (DriftDecision decision in decisions)
        {
            string page = Encoding.UTF8.GetString((await store.ReadAsync(DriftPages.NameOf(decision), 1 << 22))!.Content.Span);
            Assert.All(decision.Evidence.Report.Unmeasured, sentence => Assert.Contains(HtmlEncoder.Create(UnicodeRanges.All).Encode(sentence), page, StringComparison.Ordinal));
        }
    }
}
