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
    YearJudgement[] judged = new YearJudgement[years];
    Parallel.For(0, years, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        judged[seed] = YearJudgement.Of(scenario, Year.Live(scenario, new DriftPolicy(), (ulong)seed + 1)));
    await Console.Out.WriteLineAsync(Table.Row(scenario, judged));
}

return 0;
