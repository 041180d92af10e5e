using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Publishing.Watching;
using Lifecycle.Storage;
using static Lifecycle.Publishing.Tests.Watching.SampleWindows;

namespace Lifecycle.Publishing.Tests.Watching;

/// <summary>No decision is lost and none is doubled, whoever races and whoever dies.</summary>
public sealed class DriftJournalRaceTests(EmulatorFixture emulator)
{
    [Fact]
    public async Task Record_EightRacersForOneWindow_MakeOneDecision()
    {
        DriftJournal journal = new(await emulator.NewStoreAsync());

        DriftDecision[] answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(racer => journal.RecordAsync(Policy, Drifted(0, secondsLater: racer))));

        DriftDecision made = Assert.Single(await journal.HistoryAsync(Model));
        Assert.All(answers, answer => Assert.Equal((made.Id, made.DecidedAt), (answer.Id, answer.DecidedAt)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Record_RacersForManyWindowsInAnyOrder_LoseAndDoubleNone(int seed)
    {
        const int windows = 12;
        AzureBlobStore store = await emulator.NewStoreAsync();
        Random random = new(seed);
        int[][] orders = [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, windows).OrderBy(_ => random.Next()).ToArray())];

        await Task.WhenAll(orders.Select(async (order, racer) =>
        {
            foreach (int day in order)
            {
                await new DriftJournal(store).RecordAsync(Policy, Drifted(day, secondsLater: racer));
            }
        }));

        ImmutableArray<DriftDecision> history = await new DriftJournal(store).HistoryAsync(Model);
        Assert.Equal(windows, history.Length);
        Assert.Equal(windows, history.Select(decision => decision.WindowId).Distinct().Count());
        Assert.Empty((await new DriftJournal(store).VerifyChainAsync(Model)).Defects);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Record_ProcessDiesAtEveryCallInTurn_NothingIsLostOrDoubled(bool afterItsEffect)
    {
        int deaths = 0;
        for (int call = 1; ; call++)
        {
            AzureBlobStore store = await emulator.NewStoreAsync();
            await new DriftJournal(store).RecordAsync(Policy, Drifted(0));
            await new DriftJournal(store).RecordAsync(Policy, Drifted(1));
            try
            {
                await new DriftJournal(InterruptedBlobStore.Dying(store, call, afterItsEffect)).RecordAsync(Policy, Drifted(2));
                break;
            }
            catch (ProcessDiedException)
            {
                deaths++;
            }

            // The next window comes first: the dead one's own retry may be late.
            await new DriftJournal(store).RecordAsync(Policy, Drifted(3));
            await new DriftJournal(store).RecordAsync(Policy, Drifted(2, secondsLater: 60));

            ImmutableArray<DriftDecision> history = await new DriftJournal(store).HistoryAsync(Model);
            Assert.Equal(4, history.Length);
            Assert.Equal(4, history.Select(decision => decision.WindowId).Distinct().Count());
            Assert.Empty((await new DriftJournal(store).VerifyChainAsync(Model)).Defects);
        }

        Assert.True(deaths >= 8, $"only {deaths} calls were interrupted");
    }

    [Fact]
    public async Task Record_AnotherDecidesTheWindowBetweenLookAndWrite_TheirDecisionIsReturned()
    {
        AzureBlobStore store = await emulator.NewStoreAsync();
        DriftJournal other = new(store);
        await other.RecordAsync(Policy, Drifted(0));
        for (int call = 1; call <= 8; call++)
        {
            int day = call;
            DriftDecision? theirs = null;
            InterruptedBlobStore interrupted = new(store, call, afterItsEffect: false, async () =>
            {
                theirs = await other.RecordAsync(Policy, Drifted(day));
                await other.RecordAsync(Policy, Drifted(100 + day));
            });

            DriftDecision ours = await new DriftJournal(interrupted).RecordAsync(Policy, Drifted(day, secondsLater: 5));

            Assert.True(theirs is null || (theirs.Id, theirs.DecidedAt) == (ours.Id, ours.DecidedAt), $"at call {call} {theirs?.Id} became {ours.Id}");
        }

        ImmutableArray<DriftDecision> history = await other.HistoryAsync(Model);
        Assert.Equal(history.Length, history.Select(decision => decision.WindowId).Distinct().Count());
    }
}
