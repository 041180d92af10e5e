using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Alerts;
using Lifecycle.EndToEnd.Tests.Services;

namespace Lifecycle.EndToEnd.Tests.Alerts;

/// <summary>An alert storm of a thousand features is one message at each receiver, and its end is one more.</summary>
public sealed class AlertStormTests
{
    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Storm_OfAThousandFeatures_IsOneMessageAtEachReceiver_AndOneWhenItEnds(EngineKind engine)
    {
        await using ThreeReceivers receivers = new();
        await using SampleStack stack = await SampleStack.StartAsync(engine, prepare: receivers.WriteTo);
        var store = await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None);
        AlertSource watch = new(stack.Client, store, stack.Home);

        await watch.ReportAsync(drifting: 1000, window: 1);
        await receivers.WaitAsync(count: 1);
        await watch.ReportAsync(drifting: 1000, window: 2);
        await watch.ReportAsync(drifting: 0, window: 3);
        await receivers.WaitAsync(count: 2);

        // Whatever else the second window could have made would have come before the end of the storm.
        AlertMessage[] messages = receivers.AtWebhook;
        Assert.Equal([AlertMessageReason.New, AlertMessageReason.Resolved], messages.Select(message => message.Reason));
        Assert.Equal(1000, messages[0].Count);
        Assert.Equal("feature-1000", messages[0].Findings[0].Name);
        Assert.Equal(AlertFinding.Shown, messages[0].Findings.Length);
        string[] ids = [.. messages.Select(message => message.Id)];
        Assert.Equal(ids, receivers.InMail);
        Assert.Equal(ids, receivers.InFile);

        // Another rule may fire meanwhile on a busy machine: a schedule that is late.
        Assert.DoesNotContain((await Outbox.WaitUntilEmptyAsync(store)).Groups.Values, group => group.Labels.GetValueOrDefault("model") == "sample-host");
    }
}
