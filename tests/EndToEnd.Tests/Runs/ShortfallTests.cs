using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Following;
using Lifecycle.Client.Runs;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.ColdStarts;
using Lifecycle.EndToEnd.Tests.Rollbacks;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Keys;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Runs;

/// <summary>What the enrolled engineers can never approve is refused when it is asked for, with who they are, and waits for nobody.</summary>
public sealed class ShortfallTests
{
    [Theory]
    [InlineData(true, 2, 2, "2 different release engineers have to approve it, and 1 can: enrolled are demo-ada, demo-grace, and demo-ada, who asks, may not")]
    [InlineData(true, 3, 2, "3 different release engineers have to approve it, and 1 can")]
    [InlineData(false, 3, 2, "3 different release engineers have to approve it, and 2 can: enrolled are demo-ada, demo-grace")]
    [InlineData(false, 1, 1, "2 different release engineers have to approve it, and 1 can: enrolled are demo-ada")]
    [InlineData(true, 1, 1, "1 different release engineers have to approve it, and 0 can: enrolled are demo-ada, and demo-ada, who asks, may not")]
    public async Task Request_ThatTheEnrolledCannotApprove_SaysSoAtOnce(bool isSigned, int threshold, int enrolled, string reason)
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        YoungModel.WriteBeside(stack.Home).SetThreshold(threshold);
        await File.WriteAllTextAsync(
            stack.ModelFile, (await File.ReadAllTextAsync(stack.ModelFile)).Replace("threshold: 2", $"threshold: {threshold}", StringComparison.Ordinal));
        KeyFolder keys = new(stack.Home.Root);
        TrustRoot root = keys.ReadTrustRoot();
        keys.WriteTrustRoot(root with { MinimumApprovals = 1, Enrolment = new() { Engineers = root.Enrolment.Engineers[..enrolled] } });
        using SigningKey ada = keys.Open("demo-ada");
        RetrainingRequest request = SampleRuns.Request("2024-01");

        var run = await Assert.ThrowsAsync<WorkflowFailedException>(() => RetrainingLaunch.StartAsync(
            EngineLine.Over(stack.Client), isSigned ? SampleRuns.Sign(request, ada) : request, _ => { }, CancellationToken.None));
        var start = await Assert.ThrowsAsync<WorkflowFailedException>(() => isSigned
            ? SampleColdStarts.ProposeSignedAsync(stack.Client, stack.Home, "demo-ada")
            : SampleColdStarts.ProposeAsync(stack.Client, "demo-ada"));

        Assert.Contains(reason, RunFailures.Explain(run).Message, StringComparison.Ordinal);
        Assert.Contains(reason, RunFailures.Explain(start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_ThatTheEnrolledCannotApprove_SaysSoAtOnce()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-01");
        await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-02");
        string definition = await File.ReadAllTextAsync(stack.ModelFile);
        foreach ((int threshold, string? signer, string reason) in new (int, string?, string)[]
        {
            (2, "demo-ada", "2 different release engineers have to approve it, and 1 can: enrolled are demo-ada, demo-grace, and demo-ada, who asks, may not"),
            (3, "demo-grace", "3 different release engineers have to approve it, and 1 can"),
            (3, null, "3 different release engineers have to approve it, and 2 can: enrolled are demo-ada, demo-grace"),
        })
        {
            await File.WriteAllTextAsync(stack.ModelFile, definition.Replace("threshold: 2", $"threshold: 3, rollbackThreshold: {threshold}", StringComparison.Ordinal));

            var refused = await Assert.ThrowsAsync<WorkflowFailedException>(() => signer is null
                ? SampleRollbacks.ProposeAsync(stack.Client, "carol")
                : SampleRollbacks.ProposeSignedAsync(stack.Client, stack.Home, signer, live: 2));

            Assert.Contains(reason, RunFailures.Explain(refused).Message, StringComparison.Ordinal);
        }
    }
}
