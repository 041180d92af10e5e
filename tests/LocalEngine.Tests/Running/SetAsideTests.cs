using Microsoft.Data.Sqlite;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace Lifecycle.LocalEngine.Tests.Running;

/// <summary>A stored record that cannot be read is set aside with its reason, and everything else goes on.</summary>
public sealed class SetAsideTests
{
    private const string LoseZone =
        "UPDATE schedules SET definition = CAST(replace(CAST(definition AS TEXT), 'Europe/Berlin', 'Europe/Nowher') AS BLOB) WHERE schedule_id = 'bad'";

    public static TheoryData<string, string> Damage { get; } = new()
    {
        { "a zone lost by the system", "zone" },
        { "a definition that is no message", "UPDATE schedules SET definition = x'ff01' WHERE schedule_id = 'bad'" },
        { "an empty definition", "UPDATE schedules SET definition = x'' WHERE schedule_id = 'bad'" },
        { "progress that is no JSON", "UPDATE schedules SET progress = '{' WHERE schedule_id = 'bad'" },
        { "progress that is null", "UPDATE schedules SET progress = 'null' WHERE schedule_id = 'bad'" },
        { "a memo that is no message", "UPDATE schedules SET memo = x'ff' WHERE schedule_id = 'bad'" },
        { "a time beyond all times", "UPDATE schedules SET created = 9223372036854775807 WHERE schedule_id = 'bad'" },
    };

    [Theory]
    [MemberData(nameof(Damage))]
    public async Task Schedule_ThatCannotBeRead_IsSetAsideAndCanBeMended(string what, string sql)
    {
        Assert.NotEmpty(what);
        await using var engine = await RunningEngine.StartAsync();
        await CreateAsync(engine, "bad");
        await CreateAsync(engine, "good");
        await engine.CloseAsync();
        Change(engine, sql == "zone" ? LoseZone : sql);
        await engine.OpenAsync();

        var bad = await DescribeAsync(engine, "bad");
        var listed = await engine.Client.WorkflowService.ListSchedulesAsync(new() { Namespace = "default" });
        Assert.StartsWith("set aside: ", bad.Schedule.State.Notes, StringComparison.Ordinal);
        Assert.True(bad.Schedule.State.Paused);
        Assert.StartsWith("set aside: ", listed.Schedules.Single(entry => entry.ScheduleId == "bad").Info.Notes, StringComparison.Ordinal);
        Assert.Equal("", (await DescribeAsync(engine, "good")).Schedule.State.Notes);
        Assert.NotEmpty((await DescribeAsync(engine, "good")).Info.FutureActionTimes);
        var refused = await Assert.ThrowsAsync<RpcException>(() => engine.Client.WorkflowService.PatchScheduleAsync(
            new() { Namespace = "default", ScheduleId = "bad", RequestId = "p", Patch = new() { TriggerImmediately = new() } }));
        Assert.Equal(RpcException.StatusCode.DataLoss, refused.Code);

        await engine.Client.WorkflowService.UpdateScheduleAsync(new() { Namespace = "default", ScheduleId = "bad", RequestId = "u", Schedule = Daily() });
        await engine.CloseAsync();
        await engine.OpenAsync();
        Assert.Equal("", (await DescribeAsync(engine, "bad")).Schedule.State.Notes);
        Assert.NotEmpty((await DescribeAsync(engine, "bad")).Info.FutureActionTimes);
    }

    [Theory]
    [InlineData("UPDATE history SET events = x'ff01' WHERE run_key = (SELECT run_key FROM runs WHERE workflow_id = 'bad')")]
    [InlineData("DELETE FROM history WHERE run_key = (SELECT run_key FROM runs WHERE workflow_id = 'bad')")]
    [InlineData("UPDATE runs SET snapshot = '{' WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET snapshot = 'null' WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET snapshot = '[]', memo = x'ff', search_attributes = x'ff' WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET due = 9223372036854775807 WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET due = -9223372036854775808 WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET due = -1 WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET due = 'tomorrow' WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET due = x'00ff' WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET due = 1.5 WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET awaits_worker = 'yes' WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET awaits_worker = -1 WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET transition_count = -5 WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET transition_count = 'many' WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET history_length = 9223372036854775807 WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET history_length = 0 WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET history_bytes = -1 WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET start_time = 9223372036854775807 WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET execution_time = -9223372036854775808 WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET close_time = 9223372036854775807 WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET status = 99 WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET status = 'open' WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET status = 2 WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET run_id = '00000000-0000-0000-0000-000000000000' WHERE workflow_id = 'bad'")]
    [InlineData("UPDATE runs SET snapshot = NULL WHERE workflow_id = 'bad'")]
    public async Task Run_ThatCannotBeRead_SaysSoAndStopsNoOther(string sql)
    {
        await using var engine = await RunningEngine.StartAsync();
        await StartAsync(engine, "bad");
        await StartAsync(engine, "good");
        await engine.CloseAsync();
        Change(engine, sql);
        await engine.OpenAsync();

        Assert.Equal(WorkflowExecutionStatus.Running, (await engine.DescribeAsync("good")).WorkflowExecutionInfo.Status);
        foreach (var call in new Func<Task>[]
        {
            // By the service itself: a handle would try DATA_LOSS again for seconds.
            () => engine.DescribeAsync("bad"),
            () => engine.Client.WorkflowService.SignalWorkflowExecutionAsync(new() { Namespace = "default", WorkflowExecution = new() { WorkflowId = "bad" }, SignalName = "s" }),
            () => engine.Client.WorkflowService.TerminateWorkflowExecutionAsync(new() { Namespace = "default", WorkflowExecution = new() { WorkflowId = "bad" } }),
            () => StartAsync(engine, "bad"),
        })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(call);
            Assert.Equal(RpcException.StatusCode.DataLoss, refused.Code);
            Assert.Contains("cannot be read", refused.Message, StringComparison.Ordinal);
        }

        var listed = await engine.Client.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = "default" });
        Assert.Equal(["bad", "good"], listed.Executions.Select(run => run.Execution.WorkflowId).Order());
        Assert.Contains("The run with the key 1 is set aside", await DefectsAsync(engine), StringComparison.Ordinal);
        await engine.Client.GetWorkflowHandle("good").TerminateAsync();
        await engine.Client.WorkflowService.DeleteWorkflowExecutionAsync(new() { Namespace = "default", WorkflowExecution = new() { WorkflowId = "bad" } });
        await StartAsync(engine, "bad");
    }

    [Theory]
    [MemberData(nameof(Damage))]
    public async Task Schedule_SetAsideAndDeleted_IsGoneAndCanBeCreatedAnew(string what, string sql)
    {
        Assert.NotEmpty(what);
        await using var engine = await RunningEngine.StartAsync();
        await CreateAsync(engine, "bad");
        await engine.CloseAsync();
        Change(engine, sql == "zone" ? LoseZone : sql);
        await engine.OpenAsync();
        Assert.Contains("schedule bad is set aside: ", await DefectsAsync(engine), StringComparison.Ordinal);

        await engine.Client.WorkflowService.DeleteScheduleAsync(new() { Namespace = "default", ScheduleId = "bad" });
        await engine.CloseAsync();
        await engine.OpenAsync();
        var gone = await Assert.ThrowsAsync<RpcException>(() => DescribeAsync(engine, "bad"));
        Assert.Equal(RpcException.StatusCode.NotFound, gone.Code);
        Assert.Empty((await engine.Client.WorkflowService.ListSchedulesAsync(new() { Namespace = "default" })).Schedules);
        await CreateAsync(engine, "bad");
        Assert.NotEmpty((await DescribeAsync(engine, "bad")).Info.FutureActionTimes);
    }

    [Theory]
    [InlineData("UPDATE namespaces SET description = x'ff01'", "The namespace default is set aside")]
    [InlineData("UPDATE namespaces SET description = x''", "The namespace default is set aside")]
    [InlineData("INSERT INTO outbox (kind, run_key, event_id, workflow_id, run_id) VALUES (99, 1, 1, '', '')", "of the outbox is set aside")]
    [InlineData("INSERT INTO outbox (kind, run_key, event_id, workflow_id, run_id) VALUES (-9223372036854775808, 1, 1, '', '')", "of the outbox is set aside")]
    [InlineData("INSERT INTO outbox (kind, run_key, event_id, workflow_id, run_id) VALUES (2, 999, 1, '', '')", null)]
    public async Task Engine_OtherRecordsDamaged_StartsAndGoesOn(string sql, string? written)
    {
        await using var engine = await RunningEngine.StartAsync();
        await StartAsync(engine, "good");
        await engine.CloseAsync();
        Change(engine, sql);
        await engine.OpenAsync();
        await engine.Client.GetWorkflowHandle("good").TerminateAsync();
        await StartAsync(engine, "next");
        if (written is not null)
        {
            Assert.Contains(written, await DefectsAsync(engine), StringComparison.Ordinal);
        }
    }

    private static Task<string> DefectsAsync(RunningEngine engine) => File.ReadAllTextAsync(Path.Combine(engine.Home, "engine-defects.log"));

    private static void Change(RunningEngine engine, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(engine.Home, "engine.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    private static Schedule Daily() => new()
    {
        Spec = new() { CronString = { "0 0 * * *" }, TimezoneName = "Europe/Berlin" },
        Action = new() { StartWorkflow = new() { WorkflowId = "w", WorkflowType = new() { Name = "W" }, TaskQueue = new() { Name = "nobody" } } },
    };

    private static Task<CreateScheduleResponse> CreateAsync(RunningEngine engine, string id) =>
        engine.Client.WorkflowService.CreateScheduleAsync(new() { Namespace = "default", ScheduleId = id, RequestId = id, Schedule = Daily() });

    private static Task<DescribeScheduleResponse> DescribeAsync(RunningEngine engine, string id) =>
        engine.Client.WorkflowService.DescribeScheduleAsync(new() { Namespace = "default", ScheduleId = id });

    private static Task<StartWorkflowExecutionResponse> StartAsync(RunningEngine engine, string id) => engine.Client.WorkflowService.StartWorkflowExecutionAsync(new()
    {
        Namespace = "default",
        WorkflowId = id,
        WorkflowType = new() { Name = "W" },
        TaskQueue = new() { Name = "nobody" },
        RequestId = Guid.NewGuid().ToString(),
    });
}
