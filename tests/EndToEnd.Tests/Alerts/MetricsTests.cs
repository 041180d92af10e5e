using System.Text.RegularExpressions;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Homes;
using Lifecycle.Client.Releases;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Alerting;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Alerts;

/// <summary>What a worker exports for Prometheus, held against the ready rules.</summary>
public sealed partial class MetricsTests
{
    // Exported only once they have something to count, and a test cannot make them: the SDK's binary must know the words.
    private static readonly string[] OfFailures =
        ["workflow_task_execution_failed", "long_request_failure", "NonDeterminismError", "GrpcMessageTooLarge", "RESOURCE_EXHAUSTED"];

    [Fact]
    public async Task Rules_ReadyForPrometheus_UseOnlyMetricsThatAWorkerExports()
    {
        using TemporaryFolder folder = new();
        HomeFolder home = new HomeFolder(Path.Combine(folder.Path, "home")).Create();
        Directory.CreateDirectory(Path.Combine(home.Root, "backups"));
        await File.WriteAllTextAsync(home.Alerts, "rules:\n  backup: {kind: backupAge, folder: backups, olderThan: 1h}\n");
        StackOptions options = new(home, SourceTree.Find()) { Models = SampleModel.WriteTo(folder.Path).ModelsFolder };
        await MakeFactsAsync(options);

        string text = await ExportedAsync(options with { MetricsAddress = $"127.0.0.1:{LoopbackPort.AnyFree()}" });
        HashSet<string> exported = [.. MetricName().Matches(text).Select(match => match.Groups[1].Value)];
        string rules = await File.ReadAllTextAsync(Path.Combine(SourceTree.Find().Root, "infra", "prometheus", "lifecycle.rules.yml"));
        string[] wanted = [.. RuleMetric().Matches(rules).Select(match => match.Value).Distinct()];
        string[] neverSeen = [.. wanted.Where(name => !exported.Contains(name) && !OfFailures.Any(failure => name == $"temporal_{failure}_total"))];

        Assert.True(wanted.Length > 12, text);
        Assert.True(neverSeen is [], $"{string.Join(", ", neverSeen)} not in\n{text}");
        Assert.Contains("status_code=\"NOT_FOUND\"", text, StringComparison.Ordinal);
        Assert.Contains($"lifecycle_channel_version{{channel=\"production\",model=\"{SampleModel.Name}\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sdk_OfThisVersion_KnowsTheWordsOfTheRulesAboutFailures()
    {
        string library = Directory.EnumerateFiles(AppContext.BaseDirectory, "*temporalio_sdk_core_c_bridge*", SearchOption.AllDirectories).First();
        byte[] bytes = await File.ReadAllBytesAsync(library, TestContext.Current.CancellationToken);
        Assert.All(OfFailures, word => Assert.True(bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(word)) >= 0, word));
    }

    // One model live, one run that waits for approval, one watch that has decided.
    private static async Task MakeFactsAsync(StackOptions options)
    {
        await using ServiceStack stack = await ServiceStack.StartAsync(options, _ => { }, CancellationToken.None);
        await SampleRuns.RetrainAsync(stack.Client, options.Home, "2024-01");
        await SampleRuns.StartAsync(stack.Client, "2024-02");
        var store = await BlobRooms.OpenStoreAsync(stack.BlobConnectionString, CancellationToken.None);
        await new AlertSource(stack.Client, store, options.Home).ReportAsync(drifting: 3, window: 1);
    }

    private static async Task<string> ExportedAsync(StackOptions options)
    {
        await using ServiceStack stack = await ServiceStack.StartAsync(options, _ => { }, CancellationToken.None);
        await stack.Client.ExecuteWorkflowAsync(
            (EvaluateAlertsWorkflow evaluation) => evaluation.RunAsync(), new(WorkflowIds.AlertEvaluation, TaskQueues.Lifecycle));
        await Assert.ThrowsAsync<RpcException>(() => stack.Client.GetWorkflowHandle("no-such-run").DescribeAsync());
        using HttpClient http = new();
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(5));
        string text = "";
        while (!text.Contains("lifecycle_sampled_timestamp_seconds", StringComparison.Ordinal))
        {
            text = await http.GetStringAsync($"http://{options.MetricsAddress}/metrics", patience.Token);
            await Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token);
        }

        return text;
    }

    [GeneratedRegex(@"^(\w+)[{ ]", RegexOptions.Multiline)]
    private static partial Regex MetricName();

    [GeneratedRegex(@"\b(lifecycle|temporal)_\w+")]
    private static partial Regex RuleMetric();
}
