using System.Diagnostics;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Publishing.Keys;
using Lifecycle.Serving.Models;
using Lifecycle.Workflows.Contracts;
using Temporalio.Client;

namespace Lifecycle.Cli.Demo;

/// <summary>
/// The demo's story, on real data: a first Champion, a Challenger judged against it, a bad batch stopped by validation, a
/// Publication verified by another process and refused after one flipped byte, and predictions of the live model.
/// </summary>
/// <param name="stack">The running services.</param>
/// <param name="options">How they were started.</param>
/// <param name="tell">Told each line of progress.</param>
public sealed class DemoStory(ServiceStack stack, StackOptions options, Action<string> tell)
{
    private static readonly string[] Values = ["gmail.com", "10minutemail-inbox.top", "temp-mail-4u.xyz"];
    private readonly List<DemoRun> runs = [];
    private readonly List<Expectation> expectations = [];
    private readonly DemoRunner runner = new(stack, options, tell);

    /// <summary>Plays the story. Every promise is checked; one that does not hold does not stop the ones after it.</summary>
    public async Task<DemoSummary> PlayAsync(bool isHomeKept, CancellationToken cancellation)
    {
        Stopwatch clock = Stopwatch.StartNew();
        DemoRun first = await RunAsync("disposable-domain", "2019-12", cancellation);
        Expect("the 2019-12 snapshot gives the first champion", first.State.Outcome == RetrainingOutcome.Promoted, first.State.Reason);
        DemoRun second = await RunAsync("disposable-domain", "2020-05", cancellation);
        Expect("the 2020-05 challenger beats it and takes its place", second.State.Channel?.Version == 2, second.State.Reason);
        DemoRun batch = await RunAsync("tracker-host", "2024-07", cancellation);
        Expect("validation stops the bad batch of 2024-07", batch.State.Outcome == RetrainingOutcome.StoppedByValidation, batch.State.Reason);
        await PublicationCheck.RunAsync(options.Home, second, Expect, tell, cancellation);
        List<AnsweredRow> predictions = await PredictAsync(cancellation);
        return new DemoSummary(
            stack.Engine.Description, options.Home.Root, isHomeKept, runs, predictions, expectations, clock.Elapsed);
    }

    private async Task<DemoRun> RunAsync(string model, string snapshot, CancellationToken cancellation)
    {
        DemoRun run = await runner.RunAsync(model, snapshot, cancellation);
        runs.Add(run);
        return run;
    }

    private async Task<List<AnsweredRow>> PredictAsync(CancellationToken cancellation)
    {
        using LiveModel model = await BlobRooms.OpenLiveModelAsync(stack.BlobConnectionString, options.Home, "disposable-domain", "production", cancellation);
        List<AnsweredRow> predictions = [.. Values.Select(model.Predict)];
        Expect(
            "the live model answers for three domains",
            predictions.All(prediction => prediction.Probability is >= 0 and <= 1),
            string.Join(", ", predictions.Select(prediction => $"{prediction.Input} {prediction.Probability:0.000}")));
        return predictions;
    }

    private void Expect(string promise, bool held, string evidence)
    {
        expectations.Add(new Expectation(promise, held, evidence));
        tell($"{(held ? "held" : "BROKEN")}: {promise}: {evidence}");
    }
}
