using System.Text.Json;
using Lifecycle.Alerting.Delivery;
using Lifecycle.Domain;
using Lifecycle.Domain.Alerts;

namespace Lifecycle.Alerting.Tests.Receivers;

public sealed class JsonLinesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("alert-lines-").FullName;

    [Fact]
    public async Task Message_Delivered_IsOneLine_HoweverOftenItIsSent()
    {
        AlertMessage message = TestMessages.Storm();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TestMessages.SendAsync(Receiver(), message)));

        string line = Assert.Single(await File.ReadAllLinesAsync(Receiver().Path));
        Assert.Equal(message.Id, JsonSerializer.Deserialize<AlertMessage>(line, DomainJson.Compact)!.Id);
    }

    [Fact]
    public async Task Line_ThatACrashCutShort_IsFollowedByAWholeOne()
    {
        AlertMessage message = TestMessages.Storm(1);
        await TestMessages.SendAsync(Receiver(), message);
        string whole = await File.ReadAllTextAsync(Receiver().Path);
        await File.WriteAllTextAsync(Receiver().Path, whole[..(whole.Length / 2)]);

        await TestMessages.SendAsync(Receiver(), message);
        Assert.Equal(whole.TrimEnd(), (await File.ReadAllLinesAsync(Receiver().Path))[1]);
    }

    [Fact]
    public async Task Path_ThatCannotBeWritten_IsNamed()
    {
        Directory.CreateDirectory(Receiver().Path);
        AlertDeliveryException failure = await Assert.ThrowsAsync<AlertDeliveryException>(() => TestMessages.SendAsync(Receiver(), TestMessages.Storm(1)));
        Assert.Contains(Receiver().Path, failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private AlertReceiver.JsonLines Receiver() => new() { Path = Path.Combine(folder, "deep", "alerts.jsonl") };
}
