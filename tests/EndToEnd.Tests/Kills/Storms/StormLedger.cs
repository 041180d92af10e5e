using System.Text.Json;

namespace Lifecycle.EndToEnd.Tests.Kills.Storms;

/// <summary>One round that held.</summary>
/// <param name="Seed">What decided the kills.</param>
/// <param name="Work">What was done meanwhile.</param>
/// <param name="Kills">Processes killed.</param>
internal sealed record StormRound(int Seed, string Work, int Kills);

/// <summary>
/// The rounds so far, a line each, in the file that <c>LIFECYCLE_STORM_LEDGER</c> names: a storm that was interrupted goes on behind
/// them. Without the variable there is no file, and every storm is a new one.
/// </summary>
internal sealed class StormLedger
{
    private readonly string? path = Environment.GetEnvironmentVariable("LIFECYCLE_STORM_LEDGER");
    private readonly List<StormRound> rounds = [];

    /// <summary>Reads what is there.</summary>
    public StormLedger()
    {
        if (File.Exists(path))
        {
            rounds.AddRange(File.ReadLines(path).Select(line => JsonSerializer.Deserialize<StormRound>(line)!));
        }
    }

    /// <summary>Kills that a storm is to reach; 10 unless <c>LIFECYCLE_STORM_KILLS</c> says otherwise.</summary>
    public static int Wanted => int.TryParse(Environment.GetEnvironmentVariable("LIFECYCLE_STORM_KILLS"), out int wanted) ? wanted : 10;

    /// <summary>Kills so far.</summary>
    public int Kills => rounds.Sum(round => round.Kills);

    /// <summary>The seed of the next round.</summary>
    public int NextSeed => rounds.Count == 0 ? 1 : rounds.Max(round => round.Seed) + 1;

    /// <summary>Adds a round.</summary>
    public void Add(StormRound round)
    {
        rounds.Add(round);
        if (path is not null)
        {
            File.AppendAllText(path, JsonSerializer.Serialize(round) + "\n");
        }
    }
}
