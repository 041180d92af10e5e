using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Definitions.Problems;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Data.Tests.Definitions;

/// <summary>A drift policy, in a model definition and in a file of its own.</summary>
public sealed class DriftPolicyProblemTests : IDisposable
{
    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("agreeingWindows: 4", "'agreeingWindows' is 4 of 3 'recentWindows', which never happens; expected at most 3")]
    [InlineData("separationWarnAt: 0.7", "'separationWarnAt' is 0.7, above 'separationActAt' 0.65; expected at most that")]
    [InlineData("maximumCoolDown: 7d", "'maximumCoolDown' is 7 days, below 'coolDown' of 14; expected at least that")]
    public void Read_PolicyThatDoesNotFitTogether_IsRefusedInBothPlaces(string line, string expected)
    {
        string file = Path.Combine(folder.Path, "policy.yaml");
        File.WriteAllText(file, line + "\n");
        folder.Change("slices:", $"watch:\n  policy:\n    {line}\nslices:");

        Assert.Contains(expected, Assert.Throws<ModelDefinitionException>(() => DriftPolicyReader.Read(file)).Message, StringComparison.Ordinal);
        Assert.Contains(expected, Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SomeKeys_LeavesTheOthersAtTheirDefaults()
    {
        string file = Path.Combine(folder.Path, "policy.yaml");
        File.WriteAllText(file, "lossRise: 0.05\ncoolDown: 7d\n");

        Assert.Equal(new DriftPolicy { LossRise = 0.05, CoolDown = TimeSpan.FromDays(7) }, DriftPolicyReader.Read(file));
    }

    [Fact]
    public void Read_UnknownKey_NamesTheNearest()
    {
        string file = Path.Combine(folder.Path, "policy.yaml");
        File.WriteAllText(file, "lossRice: 0.05\n");

        string message = Assert.Throws<ModelDefinitionException>(() => DriftPolicyReader.Read(file)).Message;

        Assert.Contains("lossRise", message, StringComparison.Ordinal);
        Assert.StartsWith("policy.yaml:1: ", message, StringComparison.Ordinal);
    }
}
