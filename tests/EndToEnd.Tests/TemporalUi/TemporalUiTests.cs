using Lifecycle.Cli.Hosting;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Services;

namespace Lifecycle.EndToEnd.Tests.TemporalUi;

/// <summary>
/// The official Temporal UI in front of the embedded engine shows our runs. Set <c>LIFECYCLE_PICTURES</c> to a folder, such as
/// docs/images, to keep the pictures.
/// </summary>
public sealed class TemporalUiTests
{
    [Fact]
    public async Task TemporalUi_BeforeTheEmbeddedEngine_ShowsRunsDetailsHistoryAndPendingWork()
    {
        string? server = UiServer.FindProgram();
        string? browser = HeadlessChromium.FindProgram();
        Assert.SkipWhen(server is null, "temporal-ui-server was not found beside the official Temporal CLI");
        Assert.SkipWhen(browser is null, "Chromium was not found");
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        var run = await SampleRuns.StartAsync(stack.Client, "2024-01");
        await using UiServer ui = await UiServer.StartAsync(server!, stack.Services.Engine.Target);
        HeadlessChromium chromium = await HeadlessChromium.OpenAsync(browser!);
        string details = $"/namespaces/default/workflows/{Uri.EscapeDataString(run.Id)}/{run.RunId}";

        string list = await chromium.ReadAsync(new Uri(ui.Address, "/namespaces/default/workflows"), run.Id, Picture("temporal-ui-runs.png"));
        string history = await chromium.ReadAsync(new Uri(ui.Address, $"{details}/history"), "TrainChallenger", Picture("temporal-ui-run.png"));
        await stack.Services.StopBlobsAsync();
        await SampleRuns.DecideAsync(run, stack.Home, "demo-ada");
        await SampleRuns.DecideAsync(run, stack.Home, "demo-grace");
        string pending = await chromium.ReadAsync(
            new Uri(ui.Address, $"{details}/pending-activities"), "PublishRelease", Picture("temporal-ui-pending.png"));

        Assert.Contains("RetrainingWorkflow", list, StringComparison.Ordinal);
        Assert.Contains("EvaluateModel", history, StringComparison.Ordinal);
        Assert.Contains("Attempt", pending, StringComparison.OrdinalIgnoreCase);
    }

    private static string? Picture(string name) =>
        Environment.GetEnvironmentVariable("LIFECYCLE_PICTURES") is { } folder ? Path.Combine(folder, name) : null;
}
