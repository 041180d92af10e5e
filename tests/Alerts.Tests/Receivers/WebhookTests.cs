using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lifecycle.Alerting.Delivery;
using Lifecycle.Alerting.Tests.Receivers.Servers;
using Lifecycle.Alerting.Webhooks;
using Lifecycle.Domain;
using Lifecycle.Domain.Alerts;
using Microsoft.Extensions.Time.Testing;

namespace Lifecycle.Alerting.Tests.Receivers;

public sealed class WebhookTests : IAsyncDisposable
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);
    private readonly WebhookServer server = new();
    private readonly string secretFile = Path.GetTempFileName();

    public WebhookTests() => File.WriteAllText(secretFile, Secret + "\n");

    [Fact]
    public async Task Message_Posted_CarriesItsIdAndASignatureOverTimeAndBody()
    {
        AlertMessage message = TestMessages.Storm();
        await TestMessages.SendAsync(Receiver(), message, new FakeTimeProvider(Now));

        WebhookRequest request = Assert.Single(server.Requests);
        Assert.Equal((message.Id, "application/json"), (request.IdempotencyKey, request.ContentType));
        Assert.Equal(1000, JsonSerializer.Deserialize<AlertMessage>(request.Body, DomainJson.Compact)!.Count);
        string seconds = Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(seconds + "."), .. request.Body];
        Assert.Equal($"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed))}", request.Signature);
    }

    [Fact]
    public void Signature_OfAPublishedExample_IsWhatOpenSslComputes() => Assert.Equal(
        // printf '1772344800.{}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
        "t=1772344800,v1=79df767c3b2695e89f84236377655955be699d284d57a93a281c46cbf1b4097a",
        WebhookSignature.Of(Encoding.UTF8.GetBytes(Secret), DateTimeOffset.FromUnixTimeSeconds(1772344800), "{}"u8));

    [Fact]
    public void Signature_OfAPostToATarget_IsWhatOpenSslComputes() => Assert.Equal(
        // printf '1772344800.POST /sensors/disposable-domain/hook.{}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
        "t=1772344800,v2=b53a7fe2c387c12459c308e18da1f7b63b609b6b25f9e369a711adfd6ff9a145",
        WebhookSignature.Of(Encoding.UTF8.GetBytes(Secret), DateTimeOffset.FromUnixTimeSeconds(1772344800), "POST /sensors/disposable-domain/hook", "{}"u8));

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void Signature_Replayed_IsRefusedAfterFiveMinutes(int secondsLater, bool isTaken)
    {
        string header = WebhookSignature.Of(Encoding.UTF8.GetBytes(Secret), Now, "{}"u8);
        Assert.Equal(isTaken, WebhookSignature.Verify(header, Encoding.UTF8.GetBytes(Secret), Now.AddSeconds(secondsLater), "{}"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("t=1,v1=00")]
    [InlineData("v1=00,t=1")]
    [InlineData("t=99999999999999999999,v1=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("t=-1,v1=zz00000000000000000000000000000000000000000000000000000000000000")]
    public void Signature_Malformed_IsRefused(string header) =>
        Assert.False(WebhookSignature.Verify(header, Encoding.UTF8.GetBytes(Secret), Now, "{}"u8));

    [Fact]
    public void Signature_OfOtherBytesOrAnotherKey_IsRefused()
    {
        string header = WebhookSignature.Of(Encoding.UTF8.GetBytes(Secret), Now, "{}"u8);
        Assert.False(WebhookSignature.Verify(header, Encoding.UTF8.GetBytes(Secret), Now, "{ }"u8));
        Assert.False(WebhookSignature.Verify(header, Encoding.UTF8.GetBytes(Secret + "x"), Now, "{}"u8));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task Answer_OutsideTheTwoHundreds_IsNoDelivery(int status)
    {
        server.Status = status;
        AlertDeliveryException failure = await Assert.ThrowsAsync<AlertDeliveryException>(() => TestMessages.SendAsync(Receiver(), TestMessages.Storm(1)));
        Assert.Contains($"answered {status}", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.DoesNotContain("/hook", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_ThatNeverAnswers_IsLeftAtTheDeadline()
    {
        server.Status = 0;
        AlertReceiver.Webhook receiver = Receiver() with { Timeout = TimeSpan.FromMilliseconds(200) };
        AlertDeliveryException failure = await Assert.ThrowsAsync<AlertDeliveryException>(() => TestMessages.SendAsync(receiver, TestMessages.Storm(1)));
        Assert.Contains("no answer within", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_ThatIsMissingOrShort_IsNamed_AndNothingIsSent()
    {
        AlertReceiver.Webhook missing = Receiver() with { Secret = "env:LIFECYCLE_TEST_NO_SUCH_SECRET" };
        Assert.Contains("LIFECYCLE_TEST_NO_SUCH_SECRET", (await Failure(missing)).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(secretFile, "short");
        Assert.Contains("has 5 bytes, expected at least 16", (await Failure(Receiver())).Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        File.Delete(secretFile);
    }

    private static Task<AlertDeliveryException> Failure(AlertReceiver receiver) =>
        Assert.ThrowsAsync<AlertDeliveryException>(() => TestMessages.SendAsync(receiver, TestMessages.Storm(1)));

    private AlertReceiver.Webhook Receiver() => new() { Url = server.Url, Secret = $"file:{secretFile}" };
}
