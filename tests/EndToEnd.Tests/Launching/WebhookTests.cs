using System.Net;
using System.Net.Http.Json;
using System.Text;
using Lifecycle.Alerting.Webhooks;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.Domain;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Worker.Webhooks;
using Lifecycle.Workflows;

namespace Lifecycle.EndToEnd.Tests.Launching;

/// <summary>Data is posted, by somebody who has the secret and by somebody who has not.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private const string Secret = "a secret of the tests alone";
    private readonly HttpClient http = new();
    private LaunchingStack stack = null!;
    private ArrivalEndpoint endpoint = null!;

    public async ValueTask InitializeAsync()
    {
        stack = await LaunchingStack.StartAsync(EngineKind.Local, "sensors: [{ id: hook, webhook: true }, { id: other, webhook: true }]");
        endpoint = new(stack.Client, new(FreeAddress(), Secret), TimeProvider.System);
        await endpoint.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await endpoint.DisposeAsync();
        await stack.DisposeAsync();
    }

    [Fact]
    public async Task Arrival_SignedAndNew_StartsARunAndToldAgainDoesNot()
    {
        (HttpStatusCode status, ArrivalAnswer answer) = await PostAsync("""{"digest":"d1","snapshot":"2024-02"}""");
        (HttpStatusCode statusAgain, ArrivalAnswer again) = await PostAsync("""{"digest":"d1","snapshot":"2024-02"}""");

        Assert.Equal((HttpStatusCode.OK, true, WorkflowIds.Retraining(SampleModel.Name)), (status, answer.IsNew, answer.WorkflowId));
        Assert.Equal((HttpStatusCode.OK, false), (statusAgain, again.IsNew));
        Assert.Single(await stack.RunsAsync(1));
    }

    [Fact]
    public async Task Arrival_SentSixTimesAtOnce_StartsOneRun()
    {
        (HttpStatusCode Status, ArrivalAnswer)[] answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PostAsync("""{"digest":"d1"}""")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Single(await stack.RunsAsync(1));
    }

    [Theory]
    [InlineData("no signature")]
    [InlineData("another key")]
    [InlineData("six minutes old")]
    [InlineData("another body")]
    [InlineData("another sensor")]
    [InlineData("another model")]
    [InlineData("another method")]
    [InlineData("six minutes ahead")]
    [InlineData("the body alone")]
    [InlineData("signed twice")]
    public async Task Arrival_NotSignedAsItMustBe_IsRefusedAndStartsNothing(string fault)
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"digest":"d1"}""");
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string? signature = fault switch
        {
            "another key" => Sign(body, now, "a secret of somebody else"),
            "six minutes old" => Sign(body, now.AddMinutes(-6)),
            "another body" => Sign(Encoding.UTF8.GetBytes("""{"digest":"d2"}"""), now),
            "another sensor" => Sign(body, now, target: Target("other")),
            "another model" => Sign(body, now, target: "POST /sensors/another-model/hook"),
            "another method" => Sign(body, now, target: Target("hook").Replace("POST", "PUT", StringComparison.Ordinal)),
            "six minutes ahead" => Sign(body, now.AddMinutes(6)),
            "the body alone" => WebhookSignature.Of(Encoding.UTF8.GetBytes(Secret), now, body),
            "signed twice" => $"{Sign(body, now)},{Sign(body, now.AddSeconds(1))}",
            _ => null,
        };

        (HttpStatusCode status, ArrivalAnswer answer) = await PostAsync(body, signature);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains(WebhookSignature.HeaderName, answer.Error, StringComparison.Ordinal);
        Assert.Empty(await stack.RunsAsync(0));
    }

    [Fact]
    public async Task Arrival_PlayedBackAfterAnother_IsNotNew_AlsoAfterARestart()
    {
        byte[] first = Encoding.UTF8.GetBytes("""{"digest":"d1","snapshot":"2024-02"}""");
        string signature = Sign(first, TimeProvider.System.GetUtcNow());
        Assert.True((await PostAsync(first, signature)).Answer.IsNew);
        Assert.True((await PostAsync("""{"digest":"d2","snapshot":"2024-02"}""")).Answer.IsNew);

        (HttpStatusCode status, ArrivalAnswer played) = await PostAsync(first, signature);
        await endpoint.DisposeAsync();
        endpoint = new(stack.Client, new(FreeAddress(), Secret), TimeProvider.System);
        await endpoint.StartAsync(TestContext.Current.CancellationToken);
        (HttpStatusCode statusLater, ArrivalAnswer later) = await PostAsync(first, signature);

        Assert.Equal((HttpStatusCode.OK, false), (status, played.IsNew));
        Assert.Equal((HttpStatusCode.OK, false), (statusLater, later.IsNew));
    }

    [Fact]
    public async Task Arrival_OfEarlierContentSignedAnew_IsNewAgain()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        foreach ((string digest, int seconds) in new[] { ("d1", 0), ("d2", 0), ("d1", 1) })
        {
            byte[] body = Encoding.UTF8.GetBytes($$"""{"digest":"{{digest}}"}""");

            Assert.True((await PostAsync(body, Sign(body, now.AddSeconds(seconds)))).Answer.IsNew);
        }
    }

    [Fact]
    public async Task Arrival_TakenByOneSensor_IsSignedForNoOther_AndEachRemembersItsOwn()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"digest":"d1"}""");
        DateTimeOffset now = TimeProvider.System.GetUtcNow();

        Assert.True((await PostAsync(body, Sign(body, now))).Answer.IsNew);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(body, Sign(body, now), "other")).Status);
        Assert.True((await PostAsync(body, Sign(body, now, target: Target("other")), "other")).Answer.IsNew);
    }

    [Theory]
    [InlineData("{1},{0}")]
    [InlineData("{0}, {1}")]
    [InlineData("{0},{1},v1=00")]
    [InlineData("{0},v9=abc,{1}")]
    public async Task Arrival_WithThePartsOfItsHeaderInAnyOrder_IsTaken(string order)
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"digest":"d1"}""");
        string[] parts = Sign(body, TimeProvider.System.GetUtcNow().AddMinutes(-4)).Split(',');

        (HttpStatusCode status, ArrivalAnswer answer) = await PostAsync(body, order.Replace("{0}", parts[0], StringComparison.Ordinal).Replace("{1}", parts[1], StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.OK, true), (status, answer.IsNew));
    }

    [Theory]
    [InlineData("digest=d1", HttpStatusCode.BadRequest, "is no JSON")]
    [InlineData("[]", HttpStatusCode.BadRequest, "is a JSON Array")]
    [InlineData("{}", HttpStatusCode.BadRequest, "neither 'digest' nor 'snapshot'")]
    [InlineData("""{"digest":7}""", HttpStatusCode.BadRequest, "'digest' is a JSON Number")]
    [InlineData("""{"digest":""}""", HttpStatusCode.BadRequest, "has 0 characters")]
    [InlineData("""{"snapshot":"1999-01"}""", HttpStatusCode.UnprocessableEntity, "has no snapshot '1999-01'")]
    public async Task Arrival_ThatCannotBe_IsToldWhy(string body, HttpStatusCode expected, string reason)
    {
        (HttpStatusCode status, ArrivalAnswer answer) = await PostAsync(body);

        Assert.Equal(expected, status);
        Assert.Contains(reason, answer.Error, StringComparison.Ordinal);
        Assert.Empty(await stack.RunsAsync(0));
    }

    [Fact]
    public async Task Arrival_ForASensorThatIsNotThere_IsToldWhy()
    {
        (HttpStatusCode status, ArrivalAnswer answer) = await PostAsync("""{"digest":"d1"}""", "crook");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("no sensor 'crook'", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arrival_LargerThanAllowed_IsRefused() =>
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync($$"""{"digest":"{{new string('d', 70_000)}}"}""")).Status);

    [Fact]
    public async Task Endpoint_OnATakenPort_SaysSo()
    {
        await using ArrivalEndpoint second = new(stack.Client, new(endpoint.Address, Secret), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<WebhookAddressException>(() => second.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains(endpoint.Address, failure.Message, StringComparison.Ordinal);
    }

    private Task<(HttpStatusCode Status, ArrivalAnswer Answer)> PostAsync(string text, string sensor = "hook")
    {
        byte[] body = Encoding.UTF8.GetBytes(text);
        return PostAsync(body, Sign(body, TimeProvider.System.GetUtcNow(), target: Target(sensor)), sensor);
    }

    private async Task<(HttpStatusCode Status, ArrivalAnswer Answer)> PostAsync(byte[] body, string? signature, string sensor = "hook")
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"http://{endpoint.Address}/sensors/{SampleModel.Name}/{sensor}") { Content = new ByteArrayContent(body) };
        if (signature is not null)
        {
            request.Headers.Add(WebhookSignature.HeaderName, signature);
        }

        using HttpResponseMessage response = await http.SendAsync(request);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<ArrivalAnswer>(DomainJson.Compact))!);
    }

    private static string Sign(byte[] body, DateTimeOffset at, string secret = Secret, string? target = null) =>
        WebhookSignature.Of(Encoding.UTF8.GetBytes(secret), at, target ?? Target("hook"), body);

    private static string Target(string sensor) => $"POST /sensors/{SampleModel.Name}/{sensor}";

    private static string FreeAddress() => $"127.0.0.1:{LoopbackPort.AnyFree()}";
}
