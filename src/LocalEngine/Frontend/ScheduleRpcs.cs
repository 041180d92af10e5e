using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Persistence;
using Lifecycle.LocalEngine.Schedules;
using Lifecycle.LocalEngine.Schedules.Specs;
using Lifecycle.LocalEngine.Scheduling;
using Lifecycle.LocalEngine.Turns;
using Lifecycle.LocalEngine.Visibility.Queries;
using Temporalio.Api.Common.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using ScheduleState = Lifecycle.LocalEngine.Schedules.ScheduleState;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>What clients do to schedules.</summary>
internal sealed class ScheduleRpcs(Engine engine)
{
    private const int MaximumPageSize = 1_000;

    /// <summary>Creating again with the same request id is the same creation again.</summary>
    public Task<CreateScheduleResponse> CreateScheduleAsync(CreateScheduleRequest request, ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        var definition = Complete(request.Schedule);
        Check(request.Namespace, request.SearchAttributes);
        RequireSize(request.Schedule, request.Memo);
        var key = new ScheduleKey(request.Namespace, Required(request.ScheduleId));
        return engine.RunAsync(turn =>
        {
            if (engine.Schedules.Find(key) is { } existing)
            {
                return existing.CreateRequestId == request.RequestId
                    ? new CreateScheduleResponse { ConflictToken = existing.ConflictToken }
                    : throw AlreadyRegistered(existing);
            }

            var state = Created(turn, key, request, definition);
            engine.Schedules.Step(turn, state, step => step.Patch(request.InitialPatch));
            return new CreateScheduleResponse { ConflictToken = state.ConflictToken };
        });
    }

    // What a schedule starts must be small enough to be started.
    private static void RequireSize(Schedule? schedule, Memo? memo)
    {
        var start = schedule?.Action?.StartWorkflow;
        if ((PayloadLimits.Problem(start?.Input, memo) ?? PayloadLimits.Problem(input: null, start?.Memo)) is { } problem)
        {
            throw RefusedException.Invalid(problem);
        }
    }

    public Task<DescribeScheduleResponse> DescribeScheduleAsync(DescribeScheduleRequest request, ServerCallContext call) =>
        WithAsync(request.Namespace, request.ScheduleId, (turn, state) => ScheduleView.Describe(state, turn.Now));

    /// <summary>An update that names another revision than the current one is refused.</summary>
    public Task<UpdateScheduleResponse> UpdateScheduleAsync(UpdateScheduleRequest request, ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        var definition = Complete(request.Schedule);
        Check(request.Namespace, request.SearchAttributes);
        RequireSize(request.Schedule, request.Memo);
        return WithAsync(request.Namespace, request.ScheduleId, (turn, state) =>
        {
            if (!request.ConflictToken.IsEmpty && request.ConflictToken != state.ConflictToken)
            {
                throw new RefusedException(StatusCode.FailedPrecondition, "mismatched conflict token: the schedule was changed since it was described; describe it again and repeat the update");
            }

            engine.Schedules.Step(turn, state, step => step.Update(definition, request.SearchAttributes, request.Memo));
            return new UpdateScheduleResponse();
        });
    }

    public Task<PatchScheduleResponse> PatchScheduleAsync(PatchScheduleRequest request, ServerCallContext call) =>
        WithAsync(request.Namespace, request.ScheduleId, (turn, state) =>
        {
            engine.Schedules.Step(turn, Able(state), step => step.Patch(request.Patch));
            return new PatchScheduleResponse();
        });

    public Task<ListScheduleMatchingTimesResponse> ListScheduleMatchingTimesAsync(ListScheduleMatchingTimesRequest request, ServerCallContext call) =>
        WithAsync(request.Namespace, request.ScheduleId, (_, state) => new ListScheduleMatchingTimesResponse
        {
            StartTime =
            {
                ScheduleView.MatchingTimes(
                    Able(state),
                    request.StartTime?.ToDateTimeOffset() ?? throw RefusedException.Invalid("missing or invalid query"),
                    request.EndTime?.ToDateTimeOffset() ?? throw RefusedException.Invalid("missing or invalid query")),
            },
        });

    public Task<DeleteScheduleResponse> DeleteScheduleAsync(DeleteScheduleRequest request, ServerCallContext call) =>
        WithAsync(request.Namespace, request.ScheduleId, (turn, state) =>
        {
            engine.Schedules.Delete(turn, new(state.Namespace, state.ScheduleId));
            return new DeleteScheduleResponse();
        });

    public Task<ListSchedulesResponse> ListSchedulesAsync(ListSchedulesRequest request, ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        var query = Compile(request.Namespace, request.Query);
        var size = request.MaximumPageSize is > 0 and < MaximumPageSize ? request.MaximumPageSize : MaximumPageSize;
        var offset = Offset(request.NextPageToken);
        var page = engine.Reads.Read(reads => ScheduleStore.Page(reads.Connection, request.Namespace, query, offset, size));
        var now = engine.Time.GetUtcNow();
        return Task.FromResult(new ListSchedulesResponse
        {
            Schedules = { page.Select(state => ScheduleView.Entry(state, now)) },
            NextPageToken = page.Count < size ? ByteString.Empty : ByteString.CopyFromUtf8((offset + size).ToString(CultureInfo.InvariantCulture)),
        });
    }

    private Task<T> WithAsync<T>(string @namespace, string scheduleId, Func<Turn, ScheduleState, T> work)
    {
        engine.Namespaces.Require(@namespace);
        var key = new ScheduleKey(@namespace, Required(scheduleId));
        return engine.RunAsync(turn => work(turn, engine.Schedules.Find(key)
            ?? throw RefusedException.NotFound($"workflow not found for ID: temporal-sys-scheduler:{scheduleId}")));
    }

    private static ScheduleState Able(ScheduleState state) => SetAsideSchedule.Refusal(state) is { } refusal ? throw refusal : state;

    private static ScheduleState Created(Turn turn, ScheduleKey key, CreateScheduleRequest request, Schedule definition) => new()
    {
        Namespace = key.Namespace,
        ScheduleId = key.ScheduleId,
        CreateRequestId = request.RequestId,
        Definition = definition,
        Memo = request.Memo ?? new(),
        SearchAttributes = request.SearchAttributes ?? new(),
        CreatedAt = turn.Now,
        SettledUntil = turn.Now,
    };

    private static RefusedException AlreadyRegistered(ScheduleState existing) => new(
        StatusCode.AlreadyExists,
        "schedule with this ID is already registered",
        new WorkflowExecutionAlreadyStartedFailure { StartRequestId = existing.CreateRequestId });

    private static Schedule Complete(Schedule? schedule)
    {
        try
        {
            return ScheduleDefinition.Complete(schedule);
        }
        catch (InvalidScheduleException problem)
        {
            throw RefusedException.Invalid(problem.Message);
        }
    }

    private void Check(string @namespace, SearchAttributes? attributes)
    {
        if (engine.Namespaces.Check(@namespace)(attributes) is { } problem)
        {
            throw RefusedException.Invalid(problem);
        }
    }

    private CompiledQuery Compile(string @namespace, string query)
    {
        try
        {
            return QueryCompiler.ForList(VisibilityQuery.Parse(query), ScheduleColumns.In(engine.Namespaces, @namespace));
        }
        catch (InvalidQueryException problem)
        {
            throw RefusedException.Invalid(problem.Message);
        }
    }

    private static int Offset(ByteString token) => token.IsEmpty ? 0
        : int.TryParse(token.ToStringUtf8(), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset
        : throw RefusedException.Invalid("Invalid NextPageToken.");

    private static string Required(string scheduleId) =>
        scheduleId.Length > 0 ? scheduleId : throw RefusedException.Invalid("ScheduleId is not set on request.");
}
