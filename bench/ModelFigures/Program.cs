using Lifecycle.Definitions;
using Lifecycle.ModelFigures;

if (args.Length < 2)
{
    await Console.Error.WriteLineAsync("usage: ModelFigures <model folder> <package cache folder> [snapshot…]");
    return 2;
}

LoadedModelDefinition model = ModelDefinitionReader.Read(args[0]);
string[] snapshots = args.Length > 2 ? args[2..] : [.. model.Definition.Snapshots.Select(snapshot => snapshot.Id)];
using SnapshotMeasurement measurement = new(model, args[1]);
await Console.Out.WriteLineAsync(SnapshotFigures.Heading);
foreach (string snapshot in snapshots)
{
    SnapshotFigures figures = await measurement.MeasureAsync(snapshot);
    await Console.Out.WriteLineAsync(figures.ToTableRow());
}

return 0;
