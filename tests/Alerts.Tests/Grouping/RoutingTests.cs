using Lifecycle.Domain.Alerts;

namespace Lifecycle.Alerting.Tests.Grouping;

public sealed class RoutingTests
{
    private static readonly AlertPolicy Policy = new()
    {
        Routes =
        [
            new AlertRoute { Severity = AlertSeverity.Critical, Receivers = ["pager", "file"] },
            new AlertRoute { Model = "m", Receivers = ["team"] },
            new AlertRoute { Rule = "approval-late", Receivers = ["desk"] },
        ],
    };

    [Theory]
    [InlineData("m", AlertSeverity.Critical, "pager,file")]
    [InlineData("m", AlertSeverity.Warning, "team")]
    [InlineData("other", AlertSeverity.Critical, "pager,file")]
    public void Alert_WithRoutes_GoesTheFirstThatMatches(string model, AlertSeverity severity, string receivers) =>
        Assert.Equal(receivers, string.Join(',', Policy.RouteOf(Samples.Alert(model, "f", 1, severity))!.Receivers));

    [Fact]
    public void Alert_ThatNoRouteMatches_IsKept_AndSentToNobody()
    {
        AlertBatch batch = new("watch/other", Samples.Start) { Firing = [Samples.Alert("other", "f")] };
        AlertState state = AlertGroups.Advance(new AlertState(), Policy, [batch], Samples.Start);
        state = AlertGroups.Advance(state, Policy, [], Samples.Start + Policy.Grouping.GroupWait);

        Assert.Empty(state.Outbox);
        Assert.Single(state.FiringOf("watch/other"));
    }

    [Fact]
    public void Message_ForSeveralReceivers_LeavesTheOutboxWhenTheLastHasIt()
    {
        AlertBatch batch = new("s", Samples.Start) { Firing = [Samples.Alert("m", "f", 1, AlertSeverity.Critical)] };
        AlertState state = AlertGroups.Advance(new AlertState(), Policy, [batch], Samples.Start);
        state = AlertGroups.Advance(state, Policy, [], Samples.Start + Policy.Grouping.GroupWait);
        string id = state.Outbox[0].Message.Id;

        state = state.Delivered(id, "pager");
        Assert.Equal(["file"], Assert.Single(state.Outbox).Receivers);
        Assert.Empty(state.Delivered(id, "file").Outbox);
    }
}
