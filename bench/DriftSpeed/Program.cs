using System.CommandLine;
using Lifecycle.DriftSpeed;

Argument<string> baseline = new("baseline") { Description = "Parquet file of the baseline's rows; its stored counts lie beside it." };
Argument<string> window = new("window") { Description = "Parquet file of the window's rows." };
Argument<string> folder = new("folder") { Description = "Folder for the generated files." };
Option<string> packages = new("--packages") { Description = "Folder of installed npm packages.", DefaultValueFactory = _ => "artifacts/packages" };
Option<int> rows = new("--rows") { Description = "Rows of each side.", DefaultValueFactory = _ => 300_000 };
Option<int> columns = new("--columns") { Description = "Columns of each side.", DefaultValueFactory = _ => 1_000 };
Argument<string> model = new("model") { Description = "Folder of a model." };

Command compare = new("compare", "Compares two files in this process, and says how long it took and how much memory at most.") { baseline, window };
compare.SetAction((parsed, cancellation) => MeasuredComparison.RunAsync(parsed.GetValue(baseline)!, parsed.GetValue(window)!, cancellation));
Command flights = new("flights", "Three million flights in nine columns against as many, in a process of its own.") { folder, packages };
flights.SetAction((parsed, cancellation) => Flights.RunAsync(parsed.GetValue(folder)!, parsed.GetValue(packages)!, cancellation));
Command wide = new("wide", "Many generated columns, in a process of its own.") { folder, rows, columns };
wide.SetAction((parsed, cancellation) => WideTable.RunAsync(parsed.GetValue(folder)!, parsed.GetValue(rows), parsed.GetValue(columns), cancellation));
Command pairs = new("pairs", "Every snapshot of a model against the one before it: effects, levels, decisions.") { model, packages };
pairs.SetAction((parsed, cancellation) => SnapshotPairs.RunAsync(parsed.GetValue(model)!, parsed.GetValue(packages)!, cancellation));
return await new RootCommand("Measures drift: how fast, and what it says of real data.") { compare, flights, wide, pairs }.Parse(args).InvokeAsync();
