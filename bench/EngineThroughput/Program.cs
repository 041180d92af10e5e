using System.CommandLine;
using Lifecycle.EngineThroughput;
using Lifecycle.LocalEngine;

if (args is ["serve", var home])
{
    await using var host = await LocalEngineHost.StartAsync(new() { HomeDirectory = home }, CancellationToken.None);
    await Console.Out.WriteLineAsync(host.Target);
    await Console.In.ReadToEndAsync();
    return 0;
}

var temporalCli = new Option<FileInfo?>("--temporal-cli") { Description = "The official temporal CLI; its dev server is measured too, stock and tuned." };
var sequential = new Option<int>("--sequential") { Description = "Workflows one at a time, for the latency.", DefaultValueFactory = _ => 300 };
var total = new Option<int>("--total") { Description = "Workflows with many in flight, for the rate.", DefaultValueFactory = _ => 3_000 };
var inFlight = new Option<int>("--in-flight") { Description = "Workflows in flight.", DefaultValueFactory = _ => 200 };
var command = new RootCommand("Measures one-activity workflows on the local engine and on the official dev server, each a process with a database file.")
{
    temporalCli, sequential, total, inFlight,
};
command.SetAction(async (parsed, cancellationToken) =>
{
    var workload = new Workload(parsed.GetValue(sequential), parsed.GetValue(total), parsed.GetValue(inFlight));
    var rows = new List<Measurement>();
    foreach (var server in Servers.All(parsed.GetValue(temporalCli)?.FullName))
    {
        rows.Add(await workload.MeasureAsync(server, cancellationToken));
    }

    await Console.Out.WriteLineAsync(Table.Of(rows));
    return 0;
});
return await command.Parse(args).InvokeAsync();
