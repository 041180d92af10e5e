using Lifecycle.LocalEngine.Schedules.Specs;

namespace Lifecycle.LocalEngine.Tests.Schedules.Specs;

/// <summary>Whether a zone is taken depends on its name alone, not on what this process has looked up before.</summary>
public sealed class ExactZoneTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("UTC", true)]
    [InlineData("Local", true)]
    [InlineData("Europe/Berlin", true)]
    [InlineData("Etc/UTC", true)]
    [InlineData("US/Pacific", true)]
    [InlineData("europe/berlin", false)]
    [InlineData("EUROPE/BERLIN", false)]
    [InlineData("Europe/berlin", false)]
    [InlineData("utc", false)]
    [InlineData("local", false)]
    [InlineData("us/pacific", false)]
    [InlineData("W. Europe Standard Time", false)]
    [InlineData("Europe", false)]
    [InlineData("Europe/Berlin ", false)]
    [InlineData("../zoneinfo/Europe/Berlin", false)]
    [InlineData("/usr/share/zoneinfo/Europe/Berlin", false)]
    public void Zone_ByItsName_IsTakenOnlyExactly(string name, bool isTaken)
    {
        foreach (var before in new[] { "Europe/Berlin", "UTC", "US/Pacific", "Etc/UTC", name.ToUpperInvariant(), name })
        {
            TimeZoneInfo.TryFindSystemTimeZoneById(before, out _);
        }

        var spec = SpecText.Cron("0 0 * * *").In(name);
        Assert.Equal(isTaken, Record.Exception(() => CanonicalSpec.Of(spec)) is null);
    }
}
