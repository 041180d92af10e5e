using System.Globalization;
using Lifecycle.Domain.Watch;
using Lifecycle.DriftYear;

if (args.Length < 2 || !int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out int years) || years < 1)
{
    await Console.Error.WriteLineAsync(
        "usage: DriftYear <years> <yearly season>/<weekly season>…   seasons in standard deviations, such as 0.1/0.1; each pair is lived through with the seeds 1 to <years>");
    return 2;
}

await Console.Out.WriteLineAsync(Table.Heading);
foreach (string seasons in args[1..])
{
    double[] heights = [.. seasons.Split('/').Select(height => double.Parse(height, CultureInfo.InvariantCulture))];
    Scenario scenario = new() { YearlySeason = heights[0], WeeklySeason = heights[1] };
    (Year Year, YearJudgement Judgement)[] judged = new (Year, YearJudgement)[years];
    Parallel.For(0, years, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
    {
        Year year = Year.Live(scenario, new DriftPolicy(), (ulong)seed + 1);
        judged[seed] = (year, YearJudgement.Of(scenario, year));
    });
    await Console.Out.WriteLineAsync(Table.Row(scenario, [.. judged.Select(year => year.Judgement)]));
    foreach (string line in judged.Where(year => !year.Judgement.IsRight).SelectMany(year => Table.Asks(year.Year)))
    {
        await Console.Error.WriteLineAsync(line);
    }
}

return 0;
