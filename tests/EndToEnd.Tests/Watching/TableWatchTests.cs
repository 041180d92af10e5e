using System.Collections.Immutable;
using System.Text;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Following;
using Lifecycle.Client.Releases;
using Lifecycle.Client.Watching;
using Lifecycle.Definitions;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Watching;
using Lifecycle.Storage;

namespace Lifecycle.EndToEnd.Tests.Watching;

/// <summary>A model of a number and one of several classes, both of a table, are watched as the model of one text is.</summary>
public sealed class TableWatchTests
{
    private const string Watch = "\nwatch: { protectedSlices: { steel: \"goods = 'steel' AND weight > 0\" }, policy: { minimumRows: 100 } }\n";

    [Fact]
    public async Task Watch_OverTables_FindsTheColumnThatMoved_AndBlocksWhatIsBroken()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        string models = Path.GetDirectoryName(Path.GetDirectoryName(stack.ModelFile)!)!;
        SampleTables.WriteTo(Path.GetDirectoryName(models)!);
        using TemporaryFolder folder = new();

        ImmutableArray<DriftDecision> amounts = await LookAsync(stack, models, SampleTables.Amount, folder.Path);
        ImmutableArray<DriftDecision> levels = await LookAsync(stack, models, SampleTables.Level, folder.Path);

        foreach ((DriftReport usual, DriftReport heavy, DriftReport broken) in new[] { amounts, levels }.Select(Reports))
        {
            Assert.Empty(usual.Breaches);
            Assert.DoesNotContain(usual.Figures, figure => figure.Level >= DriftLevel.Warn);
            Assert.Contains(usual.Figures, figure => figure.Name == "hour of ordered_at");
            Assert.True(usual.SeenShare < 0.05, $"seen {usual.SeenShare}");
            Assert.InRange(0, usual.Losses.Labelled!.Lower, usual.Losses.Labelled.Upper);
            Assert.Equal(["steel"], usual.Losses.Slices.Keys);
            Assert.NotNull(usual.Losses.Decomposition);
            Assert.True(usual.Separation is { Level: DriftLevel.None }, $"{usual.Separation}");

            Assert.Contains(heavy.Figures, figure => figure is { Name: "weight", Level: DriftLevel.Act });
            Assert.DoesNotContain(heavy.Figures, figure => figure is { Name: "goods" or "express", Level: >= DriftLevel.Warn });
            Assert.True(heavy.Separation is { Level: DriftLevel.Act }, $"{heavy.Separation}");
            Assert.True(heavy.Losses.Labelled!.Lower > 0.1, $"{heavy.Losses.Labelled}");

            Assert.Contains("25.0% of the requests, such as: column 'weight' holds", Assert.Single(broken.Breaches).Found, StringComparison.Ordinal);
        }

        Assert.Equal(("squared", "logLoss"), (amounts[0].Evidence.Report.Loss, levels[0].Evidence.Report.Loss));
        Assert.Equal(DriftVerdict.Block, amounts[2].Verdict);
        Assert.Equal(DriftVerdict.Block, levels[2].Verdict);
        Assert.Contains(levels[0].Evidence.Report.Figures, figure => figure.Name == "predicted class");
        Assert.NotNull(levels[0].Evidence.Report.Losses.Estimated);
        Assert.True(
            amounts[0].Evidence.Report.Losses.Estimated is not null
                || amounts[0].Evidence.Report.Unmeasured.Any(sentence => sentence.StartsWith("The estimate of the loss without labels is inconclusive because the model of the losses did not prove itself", StringComparison.Ordinal)),
            string.Join(' ', amounts[0].Evidence.Report.Unmeasured));
        Assert.Contains("live model’s squared error from", await PageAsync(stack, amounts[0]), StringComparison.Ordinal);
        Assert.Contains("live model’s log loss from", await PageAsync(stack, levels[0]), StringComparison.Ordinal);
    }

    private static (DriftReport Usual, DriftReport Heavy, DriftReport Broken) Reports(ImmutableArray<DriftDecision> decisions) =>
        (decisions[0].Evidence.Report, decisions[1].Evidence.Report, decisions[2].Evidence.Report);

    private static async Task<ImmutableArray<DriftDecision>> LookAsync(SampleStack stack, string models, string model, string folder)
    {
        await File.AppendAllTextAsync(Path.Combine(models, model, "model.yaml"), Watch);
        ModelDefinition definition = new ModelCatalog(models).Read(model).Definition;
        RetrainingState champion = await SampleRuns.RetrainAsync(stack.Client, stack.Home, SampleTables.Snapshot, model);
        Assert.True(champion.Outcome == RetrainingOutcome.Promoted, $"{champion.Outcome}: {champion.Reason}");
        TableTraffic traffic = new(stack.Store, model, definition.Features.Schema, definition.Predicts, folder);
        await traffic.WriteAsync(champion, 4, TableTraffic.Usual);
        await traffic.WriteAsync(champion, 5, TableTraffic.Heavy);
        await traffic.WriteAsync(champion, 6, TableTraffic.Broken);
        await DriftLook.TakeAsync(EngineLine.Over(stack.Client), model, _ => { }, CancellationToken.None);
        ImmutableArray<DriftDecision> decisions = await new DriftJournal(stack.Store).HistoryAsync(model);
        Assert.Equal(3, decisions.Length);
        return decisions;
    }

    private static async Task<string> PageAsync(SampleStack stack, DriftDecision decision) =>
        Encoding.UTF8.GetString((await stack.Store.ReadAsync(DriftPages.NameOf(decision), 1 << 22))!.Content.Span);
}
