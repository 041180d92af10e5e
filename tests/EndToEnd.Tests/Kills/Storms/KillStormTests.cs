using Lifecycle.EndToEnd.Tests.Services;

namespace Lifecycle.EndToEnd.Tests.Kills.Storms;

/// <summary>
/// Random kills over runs with their approvals, rollbacks, imports, schedule apply and batch scoring, one after the other, until there
/// were enough: 10, or as many as <c>LIFECYCLE_STORM_KILLS</c> says. Nothing may be lost, nothing doubled, and every follower ends.
/// </summary>
public sealed class KillStormTests
{
    [Fact]
    public async Task Works_UnderRandomKills_LoseAndDoubleNothing_AndEveryFollowerEnds()
    {
        StormLedger ledger = new();
        await using SplitServices services = await SplitServices.StartAsync();
        StormWork work = new(services);
        await work.PrepareAsync();
        while (ledger.Kills < StormLedger.Wanted)
        {
            int seed = ledger.NextSeed;
            string name = StormWork.Names[seed % StormWork.Names.Length];
            int kills;
            await using (KillStorm storm = new(services, seed))
            {
                try
                {
                    await work.DoAsync(name, new StormVerbs(services, storm), seed);
                }
                catch (Exception broken)
                {
                    throw new InvalidOperationException($"seed {seed}, {name}, after {storm.Count} kills: {broken.Message}", broken);
                }

                kills = storm.Count;
            }

            ledger.Add(new StormRound(seed, name, kills));
        }
    }
}
