using System.Text.Json;
using System.Text.Json.Nodes;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Domain.Tests.Releases;

public sealed class OriginTests
{
    [Theory]
    [InlineData("cold-start")]
    [InlineData("Cold-Start")]
    public void Named_LikeAColdStart_IsAReference(string name) => Assert.Equal(new ReferenceOrigin(), Origin.Named(name));

    [Theory]
    [InlineData("2020-05")]
    [InlineData("cold-start-2020")]
    [InlineData("")]
    public void Named_LikeAnythingElse_IsTrainedOnIt(string name) => Assert.Equal(new TrainedOrigin(name), Origin.Named(name));

    // The documents that are signed and stored know the member 'snapshot' alone.
    [Fact]
    public void Version_AsItIsStored_HasNoMemberForIt()
    {
        ChannelEntry entry = new("m", "production", 1, ChannelMove.Promotion, new("d", "r", "root", "model", []), Origin.ReferenceName, DateTimeOffset.UnixEpoch, "run");

        string json = JsonSerializer.Serialize(entry, DomainJson.Compact);

        Assert.DoesNotContain("origin", JsonNode.Parse(json)!.AsObject().Select(member => member.Key));
        Assert.Equal(new ReferenceOrigin(), JsonSerializer.Deserialize<ChannelEntry>(json, DomainJson.Compact)!.Origin);
    }
}
