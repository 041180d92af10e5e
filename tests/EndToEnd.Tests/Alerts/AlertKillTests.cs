using Lifecycle.EndToEnd.Tests.Kills;
using Lifecycle.EndToEnd.Tests.Services;

namespace Lifecycle.EndToEnd.Tests.Alerts;

/// <summary>kill -9 around every write and every send of an alert: each receiver gets the message, always with the same id.</summary>
public sealed class AlertKillTests
{
    [Theory]
    [MemberData(nameof(KillRows.OfBoth), MemberType = typeof(KillRows))]
    public async Task Message_WithAProcessKilledOnItsWay_ArrivesEverywhereUnderOneId(string victim, string moment)
    {
        await using ThreeReceivers receivers = new();
        await using SplitServices services = await SplitServices.StartAsync(receivers.WriteTo);
        await using KillSchedule kills = new(services, victim, [$"AdvanceAlerts.{moment}", $"DeliverAlert.{moment}"]);
        await new AlertSource(services.Client, services.Store, services.Home).ReportAsync(drifting: 1000, window: 1);
        await kills.WaitAsync(count: 2);
        await receivers.WaitAsync(count: 1, () => services.Output);
        await Outbox.WaitUntilEmptyAsync(services.Store);
        await kills.StopAsync();

        string id = Assert.Single(receivers.InFile);
        Assert.Equal([id], receivers.AtWebhook.Select(message => message.Id).Distinct());
        Assert.Equal([id], receivers.InMail.Distinct());
        Assert.InRange(receivers.AtWebhook.Length, 1, 2);
        Assert.InRange(receivers.InMail.Length, 1, 2);
    }
}
