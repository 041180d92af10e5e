using Lifecycle.Worker.Webhooks;

namespace Lifecycle.EndToEnd.Tests.Launching;

/// <summary>What a worker is told about webhooks, and cannot work with.</summary>
public sealed class WebhookOptionsTests
{
    [Theory]
    [InlineData("localhost:9465", "a secret of the tests alone", "no IP address and port")]
    [InlineData("127.0.0.1", "a secret of the tests alone", "no IP address and port")]
    [InlineData("127.0.0.1:9465", "short", "has 5 bytes")]
    [InlineData("127.0.0.1:9465", null, "has 0 bytes")]
    public void Options_ThatCannotWork_AreRefusedWithTheVariable(string address, string? secret, string reason)
    {
        var failure = Assert.Throws<WebhookAddressException>(() => new ArrivalOptions(address, secret));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains("LIFECYCLE_WEBHOOKS", failure.Message, StringComparison.Ordinal);
    }
}
