using Lifecycle.Cli.Homes;
using Lifecycle.Client.Homes;

namespace Lifecycle.Cli.Tests.Homes;

public sealed class RecordedPortsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"engine\":")]
    [InlineData("[]")]
    public void Ports_ThatCannotBeRead_ArePreferredNowhere(string? content)
    {
        using TemporaryFolder folder = new();
        if (content is not null)
        {
            File.WriteAllText(Path.Combine(folder.Path, "ports.json"), content);
        }

        Assert.Equal(RecordedPorts.None, RecordedPorts.Read(new HomeFolder(folder.Path)));
    }

    [Fact]
    public void Ports_ThatWereWritten_AreReadAgain()
    {
        using TemporaryFolder folder = new();
        RecordedPorts ports = new(7233, 10000, 8233);
        ports.Write(new HomeFolder(folder.Path));
        Assert.Equal(ports, RecordedPorts.Read(new HomeFolder(folder.Path)));
    }
}
