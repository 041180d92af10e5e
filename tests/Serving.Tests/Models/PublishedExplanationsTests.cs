using System.Text;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Training;
using Lifecycle.Serving.Models;

namespace Lifecycle.Serving.Tests.Models;

public sealed class PublishedExplanationsTests
{
    private static readonly ChannelEntry Trained = new(
        "delay", "production", 3, ChannelMove.Promotion, new Publication("publications/delay/x", "x", "r", new string('c', 64), []), "2001-06", DateTimeOffset.UnixEpoch, "run");

    [Fact]
    public void Open_PublishedBeforeExplanations_SaysSoAndWhatToDo() =>
        Assert.Equal(
            "version 3 of delay was published without an explanation.json, before there was one; ask again without --explain, or publish a new version with: lifecycle retrain delay",
            Refusal(Trained, document: null));

    [Fact]
    public void Open_AReferenceModel_NamesWhereItsRulesStand() =>
        Assert.Contains("reference model, whose lookup and rules stand in its reference.json", Refusal(Trained with { Snapshot = Origin.ReferenceName }, document: null), StringComparison.Ordinal);

    [Fact]
    public void Open_AModelOfAnotherKind_SaysWhichAreTakenApart() =>
        Assert.Contains("neither an ensemble of trees nor a linear model", Refusal(Trained, Document.ToBytes()), StringComparison.Ordinal);

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("null")]
    public void Open_AMalformedDocument_NamesIt(string document) =>
        Assert.Contains("explanation.json is malformed", Refusal(Trained, Encoding.UTF8.GetBytes(document)), StringComparison.Ordinal);

    private static ModelExplanation Document { get; } = new() { Scale = "the answer itself", Features = ["x"], Columns = [new("x", 1)] };

    private static string Refusal(ChannelEntry entry, byte[]? document) =>
        Assert.Throws<NotServableException>(() => PublishedExplanations.Open(entry, TypedModels.Regression(), document is null ? null : (ReadOnlyMemory<byte>?)document)).Message;
}
