using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lifecycle.Activities;
using Lifecycle.Activities.Stages;
using Lifecycle.Domain;
using Lifecycle.Domain.Runs;
using Lifecycle.Publishing.Keys;
using Lifecycle.Storage;
using Lifecycle.Storage.Emulator;
using Lifecycle.Worker.Stages;

// What a stage costs in a child process, over the same stage in this one: StageCost ROOT MODEL [ROUNDS], from anywhere.
if (args is not [var root, var model, ..])
{
    await Console.Error.WriteLineAsync("usage: StageCost ROOT MODEL [ROUNDS]");
    return 2;
}

int rounds = args is [_, _, var told, ..] ? int.Parse(told, CultureInfo.InvariantCulture) : 20;
DirectoryInfo home = Directory.CreateTempSubdirectory("stage-cost-");
try
{
    new KeyFolder(home.FullName).EnsureDemo("demo-ada", "demo-grace");
    NpmInstallation installation = await NpmInstallation.EnsureAsync(Path.Combine(root, "infra", "azurite"), Path.Combine(root, "artifacts", "packages"));
    await using AzuriteProcess emulator = await AzuriteProcess.StartAsync(installation, Path.Combine(home.FullName, "blobs"));
    BlobStoreOptions blobs = new() { ConnectionString = emulator.ConnectionString };
    AzureBlobStore store = AzureBlobStore.Open(blobs);
    await store.EnsureContainerAsync();
    StagePlaces places = new(Path.Combine(root, "models"), Path.Combine(home.FullName, "scratch"), Path.Combine(root, "artifacts", "packages"), home.FullName);
    StageSetup setup = new(places, blobs, new StageLimits());
    IsolatedStages here = IsolatedStages.Create(places, store, setup.Limits, TimeProvider.System);
    JsonElement request = JsonSerializer.SerializeToElement(new RetrainingRequest { Model = model }, DomainJson.Compact);
    JsonElement definition = await here.RunAsync(Call("ReadDefinition", request, 0));

    await Console.Out.WriteLineAsync("| stage | where | p50, ms | slowest, ms |\n|---|---|---|---|");
    foreach ((string activity, JsonElement input) in new[] { ("ReadDefinition", request), ("TakeSnapshot", definition) })
    {
        await MeasureAsync(activity, "in this process", round => here.RunAsync(Call(activity, input, round)));
        await using ChildStages stages = new(setup, stagesAtOnce: 1, Console.Error.WriteLine);
        stages.Prepare();
        await Task.Delay(IdleStages.KeptFor);
        await MeasureAsync(
            activity, "first of a run, child ready", round => stages.RunAsync(Call(activity, input, round), _ => { }, CancellationToken.None), TimeSpan.FromSeconds(2));
        await MeasureAsync(activity, "first of a run, child just started", round => stages.RunAsync(Call(activity, input, -1 - round), _ => { }, CancellationToken.None));
        await stages.RunAsync(Call(activity, input, rounds), _ => { }, CancellationToken.None);
        await MeasureAsync(activity, "another of the run", _ => stages.RunAsync(Call(activity, input, rounds), _ => { }, CancellationToken.None));
    }

    return 0;
}
finally
{
    home.Delete(recursive: true);
}

StageCall Call(string activity, JsonElement input, int run) =>
    new(activity, input) { Caller = new("bench", run.ToString(CultureInfo.InvariantCulture), TimeProvider.System.GetUtcNow()) };

async Task MeasureAsync(string activity, string where, Func<int, Task> work, TimeSpan pause = default)
{
    List<double> taken = [];
    for (int round = 0; round < rounds; round++)
    {
        await Task.Delay(pause);
        long began = Stopwatch.GetTimestamp();
        await work(round);
        taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    taken.Sort();
    await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {activity} | {where} | {taken[rounds / 2]:0} | {taken[^1]:0} |"));
}
