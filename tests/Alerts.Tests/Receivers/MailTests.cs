using System.Text;
using Lifecycle.Alerting.Delivery;
using Lifecycle.Alerting.Tests.Receivers.Servers;
using Lifecycle.Domain.Alerts;

namespace Lifecycle.Alerting.Tests.Receivers;

public sealed class MailTests : IAsyncDisposable
{
    private readonly MailServer server = new();

    [Fact]
    public async Task Message_Mailed_CarriesItsIdItsGroupAndTheStrongestTen()
    {
        AlertMessage message = TestMessages.Storm();
        await TestMessages.SendAsync(Receiver(), message);

        string mail = Assert.Single(server.Mails);
        Assert.Contains($"Message-Id: <{message.Id}@alerts.lifecycle>", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"References: <group-{message.GroupKey}@alerts.lifecycle>", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Subject: [WARNING] 1000 alerts", mail, StringComparison.Ordinal);
        Assert.All(message.Findings, finding => Assert.Contains($"  {finding.Name}  ", mail, StringComparison.Ordinal));
        Assert.Contains("... and 980 more", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_WithALineBreak_AddsNoHeader()
    {
        AlertMessage message = TestMessages.Storm(1) with { Summary = "evil\r\nBcc: everyone@example.org\r\n\r\nbody" };
        await TestMessages.SendAsync(Receiver(), message);

        Assert.DoesNotContain("\nBcc:", Assert.Single(server.Mails), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Server_ThatRefusesTheRecipient_IsNamed()
    {
        server.RefusesRecipients = true;
        AlertDeliveryException failure = await Assert.ThrowsAsync<AlertDeliveryException>(() => TestMessages.SendAsync(Receiver(), TestMessages.Storm(1)));
        Assert.Contains("receiver 'it' of alerts.yaml", failure.Message, StringComparison.Ordinal);
        Assert.Contains("no such user", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_WithoutStartTls_GetsNothing_WhereItIsAskedFor()
    {
        AlertReceiver.Email receiver = Receiver() with { Security = MailSecurity.StartTls };
        await Assert.ThrowsAsync<AlertDeliveryException>(() => TestMessages.SendAsync(receiver, TestMessages.Storm(1)));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task User_WithAPassword_IsAuthenticated()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "correct horse\n");
        await TestMessages.SendAsync(Receiver() with { User = "lifecycle", Password = $"file:{file}" }, TestMessages.Storm(1));
        File.Delete(file);

        Assert.Equal("\0lifecycle\0correct horse", Encoding.UTF8.GetString(Convert.FromBase64String(server.Credentials)));
    }

    [Fact]
    public async Task Port_WithNoServer_IsNamed()
    {
        AlertReceiver.Email receiver = Receiver();
        await server.DisposeAsync();
        AlertDeliveryException failure = await Assert.ThrowsAsync<AlertDeliveryException>(() => TestMessages.SendAsync(receiver, TestMessages.Storm(1)));
        Assert.Contains($"127.0.0.1:{receiver.Port}", failure.Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private AlertReceiver.Email Receiver() => new()
    {
        Host = "127.0.0.1",
        Port = server.Port,
        Security = MailSecurity.None,
        From = "lifecycle@example.org",
        To = ["on-call@example.org"],
        Timeout = TimeSpan.FromSeconds(10),
    };
}
