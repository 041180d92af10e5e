using Lifecycle.LocalEngine.Schedules;
using Lifecycle.LocalEngine.Schedules.Specs;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Tests.Schedules;

public sealed class ScheduleOutcomeTests
{
    [Fact]
    public void Start_Request_CarriesItsOrigin()
    {
        var request = new SimulatedSchedule(SimulatedSchedule.Hourly()).PassTo("2026-01-01T01:00:00Z").Started[0];
        Assert.Equal(("wf-2026-01-01T01:00:00Z", "temporal-scheduler-default-s"), (request.WorkflowId, request.Identity));
        Assert.Equal(WorkflowIdReusePolicy.RejectDuplicate, request.WorkflowIdReusePolicy);
        Assert.Equal(("\"s\"", "Keyword"), Attribute(request.SearchAttributes, "TemporalScheduledById"));
        Assert.Equal(("\"2026-01-01T01:00:00Z\"", "Datetime"), Attribute(request.SearchAttributes, "TemporalScheduledStartTime"));
    }

    [Fact]
    public void Close_WithAResult_HandsItToTheNext()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly()).PassTo("2026-01-01T01:00:00Z").Close(0, result: "42").PassTo("2026-01-01T02:00:00Z");
        Assert.Equal("42", schedule.Started[1].LastCompletionResult.Payloads_[0].Data.ToStringUtf8());
        Assert.Null(schedule.Started[0].LastCompletionResult);
    }

    [Fact]
    public void Close_WithAFailure_HandsItOnBesideTheLastResult()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly())
            .PassTo("2026-01-01T01:00:00Z").Close(0, result: "42")
            .PassTo("2026-01-01T02:00:00Z").Close(1, WorkflowExecutionStatus.Failed, failure: "boom")
            .PassTo("2026-01-01T03:00:00Z");
        Assert.Equal("boom", schedule.Started[2].ContinuedFailure.Message);
        Assert.Equal("42", schedule.Started[2].LastCompletionResult.Payloads_[0].Data.ToStringUtf8());
        Assert.Null(schedule.Close(2, result: "43").State.LastFailure);
    }

    [Theory]
    [InlineData(WorkflowExecutionStatus.Failed, "paused due to workflow failure: wf-2026-01-01T01:00:00Z: boom")]
    [InlineData(WorkflowExecutionStatus.TimedOut, "paused due to workflow timeout: wf-2026-01-01T01:00:00Z")]
    public void Close_FailedWithPauseOnFailure_Pauses(WorkflowExecutionStatus status, string note)
    {
        var definition = SimulatedSchedule.Hourly();
        definition.Policies.PauseOnFailure = true;
        var state = new SimulatedSchedule(definition).PassTo("2026-01-01T01:00:00Z").Close(0, status, failure: "boom").State;
        Assert.Equal((true, note), (state.IsPaused, state.Definition.State.Notes));
    }

    [Theory]
    [InlineData(WorkflowExecutionStatus.Canceled)]
    [InlineData(WorkflowExecutionStatus.Terminated)]
    [InlineData(WorkflowExecutionStatus.Completed)]
    public void Close_OtherwiseWithPauseOnFailure_GoesOn(WorkflowExecutionStatus status)
    {
        var definition = SimulatedSchedule.Hourly();
        definition.Policies.PauseOnFailure = true;
        Assert.False(new SimulatedSchedule(definition).PassTo("2026-01-01T01:00:00Z").Close(0, status).State.IsPaused);
    }

    [Fact]
    public void Describe_AfterActions_ShowsThemAndWhatComes()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly()).PassTo("2026-01-01T12:30:00Z", closing: true);
        var described = ScheduleView.Describe(schedule.State, schedule.Now);
        Assert.Equal((12, 10, 10), (described.Info.ActionCount, described.Info.RecentActions.Count, described.Info.FutureActionTimes.Count));
        Assert.Equal(WorkflowExecutionStatus.Completed, described.Info.RecentActions[9].StartWorkflowStatus);
        Assert.Equal(Specs.SpecText.At("2026-01-01T13:00:00Z"), described.Info.FutureActionTimes[0].ToDateTimeOffset());
        Assert.Equal("AAAAAAAAAAE=", described.ConflictToken.ToBase64());
    }

    [Fact]
    public void Describe_WithFewActionsLeft_ShowsNoMoreTimes()
    {
        var definition = SimulatedSchedule.Hourly();
        (definition.State.LimitedActions, definition.State.RemainingActions) = (true, 3);
        var schedule = new SimulatedSchedule(definition);
        Assert.Equal(3, ScheduleView.Describe(schedule.State, schedule.Now).Info.FutureActionTimes.Count);
    }

    [Fact]
    public void Complete_WithoutAction_IsRefused() =>
        Assert.Throws<InvalidScheduleException>(() => ScheduleDefinition.Complete(new()));

    private static (string Value, string Type) Attribute(SearchAttributes attributes, string name) =>
        (attributes.IndexedFields[name].Data.ToStringUtf8(), attributes.IndexedFields[name].Metadata["type"].ToStringUtf8());
}
