using Lifecycle.Conformance.Tests.Histories;

namespace Lifecycle.Conformance.Tests;

/// <summary>The page about conformance names every difference with its reason.</summary>
public sealed class DocumentedDifferencesTests
{
    [Fact]
    public async Task Page_OfConformance_NamesEveryDifference()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "docs", "architecture", "conformance.md"), TestContext.Current.CancellationToken);
        Assert.All(KnownDifferences.All, difference =>
        {
            Assert.Contains($"`{difference.Member}`", page, StringComparison.Ordinal);
            Assert.Contains(difference.Reason, page, StringComparison.Ordinal);
        });
        Assert.All(CommandLine.KnownOutputs.Members, member => Assert.Contains($"`{member.Member}`", page, StringComparison.Ordinal));
    }
}
