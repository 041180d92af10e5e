using System.Globalization;
using Lifecycle.Domain.Drift;
using Lifecycle.DriftYear;

if (args.Length < 2 || !int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out int years) || years < 1)
{
    await Console.Error.WriteLineAsync(
        """
        usage: DriftYear <years> [window=<days>] [driftShare=<share>] [harmlessRise=<rise>] <yearly season>/<weekly season>…
        Seasons are in standard deviations, such as 0.1/0.1; each pair is lived through with the seeds 1 to <years>. A setting counts for
        the pairs after it.
        """);
    return 2;
}

Scenario scenario = new();
DriftPolicy policy = new();
await Console.Out.WriteLineAsync(Table.Heading);
foreach (string word in args[1..])
{
    double[] numbers = [.. word.Split('=')[^1].Split('/').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    switch (word.Split('=')[0], numbers)
    {
        case ("window", [var days]):
            scenario = scenario with { WindowDays = (int)days };
            continue;
        case ("driftShare", [var share]):
            policy = policy with { DriftShare = share };
            continue;
        case ("harmlessRise", [var rise]):
            policy = policy with { HarmlessRise = rise };
            continue;
        case (_, [var yearly, var weekly]):
            await LiveAsync(scenario with { YearlySeason = yearly, WeeklySeason = weekly });
            continue;
        default:
            await Console.Error.WriteLineAsync($"'{word}' is neither a setting nor a pair of seasons, such as 0.1/0.1");
            return 2;
    }
}

return 0;

async Task LiveAsync(Scenario lived)
{
    (Year Year, YearJudgement Judgement)[] judged = new (Year, YearJudgement)[years];
    Parallel.For(0, years, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
    {
        Year year = Year.Live(lived, policy, (ulong)seed + 1);
        judged[seed] = (year, YearJudgement.Of(lived, year));
    });
    await Console.Out.WriteLineAsync(Table.Row(lived, policy, [.. judged.Select(year => year.Judgement)]));
    foreach (string line in judged.Where(year => !year.Judgement.IsRight).SelectMany(year => Table.Asks(year.Year)))
    {
        await Console.Error.WriteLineAsync(line);
    }
}
