using System.Collections.Immutable;
using Lifecycle.Domain.Alerts;

namespace Lifecycle.Alerting.Tests.Grouping;

public sealed class AlertGroupsTests
{
    private readonly AlertPolicy policy = Samples.Policy();
    private AlertState state = new();
    private DateTimeOffset now = Samples.Start;

    [Fact]
    public void Storm_OfAThousandFeatures_IsOneMessageWithTheStrongestTen()
    {
        Step(Samples.Storm(1000, now));
        Assert.Empty(state.Outbox);

        AlertMessage message = Assert.Single(StepAfter(policy.Grouping.GroupWait)).Message;
        Assert.Equal(AlertMessageReason.New, message.Reason);
        Assert.Equal(1000, message.Count);
        Assert.Equal(Enumerable.Range(991, 10).Reverse().Select(number => $"f{number:0000}"), message.Findings.Select(finding => finding.Name));
        Assert.Equal(AlertMessage.MaximumAlerts, message.Alerts.Length);
        Assert.Equal(1000 - AlertMessage.MaximumAlerts, message.TruncatedAlerts);
    }

    [Fact]
    public void Storm_RaisedAgainEveryMinute_IsStillOneMessage()
    {
        Step(Samples.Storm(1000, now));
        for (int minute = 0; minute < 60; minute++)
        {
            now += TimeSpan.FromMinutes(1);
            Step(Samples.Storm(1000, now));
        }

        Assert.Single(state.Outbox);
    }

    [Fact]
    public void Storm_ThatEnds_IsResolvedInOneMessage_AndForgotten()
    {
        Step(Samples.Storm(1000, now));
        StepAfter(policy.Grouping.GroupWait);
        Step(new AlertBatch("watch/m", now));
        Assert.Single(state.Outbox);

        AlertMessage message = StepAfter(policy.Grouping.GroupInterval)[^1].Message;
        Assert.Equal(2, state.Outbox.Length);
        Assert.Equal((AlertMessageStatus.Resolved, AlertMessageReason.Resolved, 0), (message.Status, message.Reason, message.Count));
        Assert.Empty(state.Groups);
        Assert.Null(state.NextDueAt);
    }

    [Fact]
    public void Alert_ThatEndsWithinTheGroupWait_IsNeverSent()
    {
        Step(Samples.Storm(3, now));
        Step(new AlertBatch("watch/m", now + TimeSpan.FromSeconds(1)));

        Assert.Empty(StepAfter(policy.Grouping.GroupWait));
        Assert.Empty(state.Groups);
    }

    [Fact]
    public void Group_WithANewAlert_IsSentAgainAfterTheGroupInterval()
    {
        Step(Samples.Storm(1, now));
        StepAfter(policy.Grouping.GroupWait);
        Step(Samples.Storm(2, now + TimeSpan.FromSeconds(1)));
        Assert.Single(state.Outbox);

        AlertMessage message = StepAfter(policy.Grouping.GroupInterval)[^1].Message;
        Assert.Equal((AlertMessageReason.Changed, 2), (message.Reason, message.Count));
    }

    [Fact]
    public void Group_ThatFiresUnchanged_IsRepeatedAfterTheRepeatInterval_OnceTheLastOneArrived()
    {
        Step(Samples.Storm(1, now));
        StepAfter(policy.Grouping.GroupWait);
        StepAfter(policy.Grouping.RepeatInterval);
        Assert.Single(state.Outbox);

        state = state.Delivered(state.Outbox[0].Message.Id, "file");
        AlertMessage message = Assert.Single(StepAfter(policy.Grouping.GroupInterval)).Message;
        Assert.Equal(AlertMessageReason.Repeat, message.Reason);
    }

    [Fact]
    public void Step_Repeated_ChangesNothing()
    {
        Step(Samples.Storm(5, now));
        StepAfter(policy.Grouping.GroupWait);
        string[] before = [.. state.Outbox.Select(entry => entry.Message.Id)];
        Step(Samples.Storm(5, Samples.Start));

        Assert.Equal(before, state.Outbox.Select(entry => entry.Message.Id));
    }

    [Fact]
    public void Batch_OlderThanTheNewestOfItsSource_IsIgnored()
    {
        Step(new AlertBatch("watch/m", now));
        Step(Samples.Storm(5, now - TimeSpan.FromSeconds(1)));

        Assert.Empty(state.Groups);
    }

    [Fact]
    public void Group_ThatOpensAgain_MakesMessagesOfNewIds()
    {
        HashSet<string> ids = [];
        for (int round = 0; round < 3; round++)
        {
            Step(Samples.Storm(1, now));
            StepAfter(policy.Grouping.GroupWait);
            Step(new AlertBatch("watch/m", now));
            StepAfter(policy.Grouping.GroupInterval);
            ids.UnionWith(state.Outbox.Select(entry => entry.Message.Id));
        }

        Assert.Equal(6, ids.Count);
    }

    [Fact]
    public void Source_ThatFallsSilentAboutItsAlerts_EndsNoOtherSources()
    {
        Step(Samples.Storm(1, now), new AlertBatch("rules", now) { Firing = [Samples.Alert("other", "f")] });
        StepAfter(policy.Grouping.GroupWait);
        Step(new AlertBatch("rules", now));
        StepAfter(policy.Grouping.GroupInterval);

        Assert.Equal(["m"], state.Groups.Values.Select(group => group.Labels["model"]));
    }

    private void Step(params AlertBatch[] batches) => state = AlertGroups.Advance(state, policy, batches, now);

    private ImmutableArray<OutboxEntry> StepAfter(TimeSpan time)
    {
        now += time;
        Step();
        return state.Outbox;
    }
}
