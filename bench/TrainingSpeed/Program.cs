using System.Diagnostics;
using System.Globalization;
using Lifecycle.Domain.Training;
using Lifecycle.TrainingSpeed;

// Each measurement has a process of its own, so that its peak of memory is its own too.
if (args is [var side, var rowCount, var featureCount])
{
    Table table = new(int.Parse(rowCount, CultureInfo.InvariantCulture), int.Parse(featureCount, CultureInfo.InvariantCulture));
    Measurement measurement = side switch
    {
        "product" => ProductSide.Measure(table, new TrainerDefinition.LightGbm { Trees = 100 }),
        "linear" => ProductSide.Measure(table, new TrainerDefinition.Linear()),
        _ => NativeSide.Measure(table),
    };
    await Console.Out.WriteLineAsync(measurement.ToTableRow(side, table));
    return 0;
}

await Console.Out.WriteLineAsync(Measurement.Heading);
foreach ((string rows, string features) in new[] { ("3000000", "9"), ("3000000", "20") })
{
    foreach (string turn in (string[])["native", "product", "native", "product", "linear"])
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [turn, rows, features]) { Environment = { ["OMP_WAIT_POLICY"] = "passive" } };
        using Process child = Process.Start(start)!;
        await child.WaitForExitAsync();
        if (child.ExitCode != 0)
        {
            return child.ExitCode;
        }
    }
}

return 0;
