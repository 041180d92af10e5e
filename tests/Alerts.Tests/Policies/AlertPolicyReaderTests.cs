using Lifecycle.Definitions;
using Lifecycle.Definitions.Problems;
using Lifecycle.Domain.Alerts;

namespace Lifecycle.Alerting.Tests.Policies;

public sealed class AlertPolicyReaderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("alerts-").FullName;

    [Fact]
    public void Reader_OfTheShippedExample_GivesWhatItSays()
    {
        AlertPolicy policy = AlertPolicyReader.Read(Path.Combine(Checkout.Root, "docs", "formats", "alerts.example.yaml"));

        Assert.Equal(["archive", "mail", "on-call"], policy.Receivers.Keys);
        Assert.Equal(TimeSpan.FromHours(4), policy.Grouping.RepeatInterval);
        Assert.Equal(7, policy.Rules.Values.Select(rule => rule.GetType()).Distinct().Count());
        Assert.True(Path.IsPathFullyQualified(policy.Receivers.Values.OfType<AlertReceiver.JsonLines>().Single().Path));
    }

    [Fact]
    public void Reader_WithoutAFile_GivesTheDefaultRulesIntoAFileBesideIt()
    {
        AlertPolicy policy = AlertPolicyReader.ReadOrDefault(Path.Combine(folder, "alerts.yaml"));

        Assert.Equal(AlertPolicy.DefaultRules.Keys, policy.Rules.Keys);
        Assert.Equal(Path.Combine(folder, "alerts.jsonl"), Assert.IsType<AlertReceiver.JsonLines>(Assert.Single(policy.Receivers).Value).Path);
    }

    [Theory]
    [InlineData("recievers: {}", "alerts.yaml:1: unknown key 'recievers'; did you mean 'receivers'?")]
    [InlineData("receivers:\n  a: {kind: pigeon}", "alerts.yaml:2: 'receivers.a.kind' is 'pigeon'; expected one of webhook, email, file")]
    [InlineData("receivers:\n  a:\n    kind: webhook\n    url: http://example.org\n    secret: env:S", "alerts.yaml:4: 'receivers.a.url' is 'http://example.org'; expected an https:// address, or http:// on 127.0.0.1 or localhost")]
    [InlineData("receivers:\n  a:\n    kind: webhook\n    url: https://example.org\n    secret: hunter2", "alerts.yaml:5: 'receivers.a.secret' does not say where the secret is; expected env:NAME or file:PATH, and never the secret itself")]
    [InlineData("receivers:\n  a: {kind: email, host: mail.example.org, security: none, from: a@example.org, to: [b@example.org]}", "alerts.yaml:2: 'receivers.a.security' is none, but mail.example.org is not on loopback; expected startTls or tls")]
    [InlineData("receivers:\n  a: {kind: email, host: h, from: nobody, to: [b@example.org]}", "alerts.yaml:2: 'nobody' in 'receivers.a' is no mail address; expected one such as on-call@example.org")]
    [InlineData("receivers:\n  on-call: {kind: file, path: a}\nroutes:\n  - receivers: [on-cal]", "alerts.yaml:4: there is no receiver 'on-cal'; did you mean 'on-call'?")]
    [InlineData("grouping:\n  groupInterval: 1h\n  repeatInterval: 5m", "alerts.yaml:3: 'grouping.repeatInterval' is shorter than 'grouping.groupInterval'; make it at least as long")]
    [InlineData("rules:\n  loss: {kind: threshold, figure: lossChange}", "alerts.yaml:2: 'rules.loss' has neither 'above' nor 'below'; give at least one")]
    [InlineData("rules:\n  old: {kind: approvalAge, longerThan: soon}", "alerts.yaml:2: 'rules.old.longerThan' is 'soon'; expected a duration such as 90s, 15m, 36h or 7d")]
    public void Reader_OfAWrongFile_SaysWhereAndWhat(string yaml, string problem)
    {
        string file = Path.Combine(folder, "alerts.yaml");
        File.WriteAllText(file, yaml);

        ModelDefinitionException failure = Assert.Throws<ModelDefinitionException>(() => AlertPolicyReader.Read(file));
        Assert.Equal(problem, failure.Message);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
