using Lifecycle.Definitions;
using Lifecycle.Definitions.Problems;
using Lifecycle.Domain.Alerts;

namespace Lifecycle.Alerting.Tests.Policies;

public sealed class AlertPolicyFileTests : IDisposable
{
    private const string OneRule = "rules:\n  old: {kind: approvalAge, longerThan: 1h}";
    private const string TwoRules = "rules:\n  old: {kind: approvalAge, longerThan: 1h}\n  older: {kind: approvalAge, longerThan: 9h}";
    private const string Broken = "rules:\n  old: {kind: approvalAge, longerThan: soon}";
    private static readonly DateTimeOffset Began = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("alerts-").FullName;
    private int changes;

    [Fact]
    public void File_ThatChanged_IsReadAgain()
    {
        AlertPolicyFile file = Open(OneRule);

        Write(TwoRules);

        Assert.Equal(["old", "older"], file.Read().Policy.Rules.Keys);
        Assert.Null(file.Read().Defect);
    }

    [Fact]
    public void File_ThatDidNotChange_IsNotReadAgain()
    {
        AlertPolicyFile file = Open(OneRule);

        Assert.Same(file.Read(), file.Read());
    }

    [Fact]
    public void File_ThatBecameInvalid_LeavesTheLastRulesAndSaysWhere()
    {
        AlertPolicyFile file = Open(OneRule);

        DateTimeOffset since = Write(Broken);

        AlertPolicyReading reading = file.Read();
        Assert.Equal(["old"], reading.Policy.Rules.Keys);
        Assert.StartsWith("alerts.yaml:2: 'rules.old.longerThan' is 'soon'", reading.Defect!.Message, StringComparison.Ordinal);
        Assert.Equal(since, reading.Defect.Since);
    }

    [Fact]
    public void File_ThatWasMended_HasNoDefect()
    {
        AlertPolicyFile file = Open(OneRule);
        Write(Broken);
        file.Read();

        Write(TwoRules);

        Assert.Null(file.Read().Defect);
        Assert.Equal(2, file.Read().Policy.Rules.Count);
    }

    [Fact]
    public void File_ThatWentAway_LeavesTheLastRulesAndSaysSo()
    {
        AlertPolicyFile file = Open(OneRule);

        File.Delete(PolicyPath);

        Assert.Equal(["old"], file.Read().Policy.Rules.Keys);
        Assert.StartsWith($"alerts.yaml is gone from {folder}", file.Read().Defect!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_ThatAppears_ReplacesTheDefaultPolicy()
    {
        AlertPolicyFile file = AlertPolicyFile.Open(PolicyPath);
        Assert.Equal(AlertPolicy.DefaultRules.Keys, file.Read().Policy.Rules.Keys);

        Write(OneRule);

        Assert.Equal(["old"], file.Read().Policy.Rules.Keys);
    }

    [Fact]
    public void File_InvalidFromTheStart_IsRefused()
    {
        Write(Broken);

        Assert.Throws<ModelDefinitionException>(() => AlertPolicyFile.Open(PolicyPath));
    }

    [Fact]
    public void Rules_OverADefectiveFile_FireOneCriticalAlert()
    {
        AlertFacts facts = new(Began) { PolicyDefect = new("alerts.yaml:2: wrong", Began.AddHours(-1)) };

        Alert alert = Assert.Single(AlertRules.Evaluate(AlertPolicy.DefaultRules, facts).Firing);

        Assert.Equal((AlertRules.PolicyRule, AlertSeverity.Critical, Began.AddHours(-1)), (alert.Rule, alert.Severity, alert.StartsAt));
        Assert.Equal("alerts.yaml:2: wrong", alert.Summary);
        Assert.Empty(AlertRules.Evaluate(AlertPolicy.DefaultRules, new AlertFacts(Began)).Firing);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string PolicyPath => Path.Combine(folder, "alerts.yaml");

    private AlertPolicyFile Open(string yaml)
    {
        Write(yaml);
        return AlertPolicyFile.Open(PolicyPath);
    }

    // Every write has a time of its own, however fast the test is.
    private DateTimeOffset Write(string yaml)
    {
        DateTimeOffset at = Began.AddMinutes(changes++);
        File.WriteAllText(PolicyPath, yaml);
        File.SetLastWriteTimeUtc(PolicyPath, at.UtcDateTime);
        return at;
    }
}
