using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.Tests.Running;
using Lifecycle.LocalEngine.Tests.Schedules.Specs;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.LocalEngine.Tests.Schedules;

public sealed class ScheduleRpcTests : IAsyncLifetime
{
    private RunningEngine engine = null!;

    private WorkflowService Service => engine.Client.WorkflowService;

    public async ValueTask InitializeAsync() => engine = await RunningEngine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Create_WithTheSameRequestAgain_IsTheSameCreation()
    {
        var created = await Service.CreateScheduleAsync(Creation("s"));
        Assert.Equal(created, await Service.CreateScheduleAsync(Creation("s")));
        var other = Creation("s");
        other.RequestId = "another";
        Assert.Equal(RpcException.StatusCode.AlreadyExists, (await Assert.ThrowsAsync<RpcException>(() => Service.CreateScheduleAsync(other))).Code);
    }

    [Fact]
    public async Task Create_WithAZoneAsData_IsRefused()
    {
        var request = Creation("s");
        request.Schedule.Spec.TimezoneData = ByteString.CopyFromUtf8("TZif2");
        var refused = await Assert.ThrowsAsync<RpcException>(() => Service.CreateScheduleAsync(request));
        Assert.Equal((RpcException.StatusCode.InvalidArgument, true), (refused.Code, refused.Message.Contains("timezone_name", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Update_WithAStaleToken_IsRefused()
    {
        var token = (await Service.CreateScheduleAsync(Creation("s"))).ConflictToken;
        var update = new UpdateScheduleRequest { Namespace = "default", ScheduleId = "s", ConflictToken = token, Schedule = Creation("s").Schedule };
        await Service.UpdateScheduleAsync(update);
        Assert.Equal(RpcException.StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(() => Service.UpdateScheduleAsync(update))).Code);
        update.ConflictToken = ByteString.Empty;
        await Service.UpdateScheduleAsync(update);
    }

    [Fact]
    public async Task List_InPages_ShowsEachOnceLatestFirst()
    {
        for (var number = 0; number < 5; number++)
        {
            await Service.CreateScheduleAsync(Creation($"s{number}", model: number % 2 == 0 ? "even" : "odd"));
        }

        var request = new ListSchedulesRequest { Namespace = "default", MaximumPageSize = 2, Query = "LifecycleModel = 'even'" };
        var first = await Service.ListSchedulesAsync(request);
        request.NextPageToken = first.NextPageToken;
        var second = await Service.ListSchedulesAsync(request);
        Assert.Equal(["s4", "s2", "s0"], first.Schedules.Concat(second.Schedules).Select(schedule => schedule.ScheduleId));
        Assert.True(second.NextPageToken.IsEmpty);
        var ordered = await Service.ListSchedulesAsync(new() { Namespace = "default", Query = "ORDER BY ScheduleId" });
        Assert.Equal(["s0", "s1", "s2", "s3", "s4"], ordered.Schedules.Select(schedule => schedule.ScheduleId));
    }

    [Fact]
    public async Task MatchingTimes_OfARange_AreAtMostAThousand()
    {
        await Service.CreateScheduleAsync(Creation("s"));
        var request = new ListScheduleMatchingTimesRequest
        {
            Namespace = "default",
            ScheduleId = "s",
            StartTime = Timestamp.FromDateTimeOffset(SpecText.At("2026-01-01T00:00:00Z")),
            EndTime = Timestamp.FromDateTimeOffset(SpecText.At("2026-01-01T03:00:00Z")),
        };
        Assert.Equal(3, (await Service.ListScheduleMatchingTimesAsync(request)).StartTime.Count);
        request.EndTime = Timestamp.FromDateTimeOffset(SpecText.At("2030-01-01T00:00:00Z"));
        Assert.Equal(1000, (await Service.ListScheduleMatchingTimesAsync(request)).StartTime.Count);
    }

    private static CreateScheduleRequest Creation(string id, string model = "m")
    {
        var request = new CreateScheduleRequest { Namespace = "default", ScheduleId = id, RequestId = $"create-{id}", SearchAttributes = new() };
        request.Schedule = SimulatedSchedule.Hourly();
        request.Schedule.State = new ScheduleState { Paused = true };
        request.SearchAttributes.IndexedFields["LifecycleModel"] = new Payload
        {
            Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
            Data = ByteString.CopyFromUtf8($"\"{model}\""),
        };
        return request;
    }
}
