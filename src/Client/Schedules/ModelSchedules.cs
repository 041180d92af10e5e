using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schedules;
using Lifecycle.Workflows.Scheduling;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;

namespace Lifecycle.Client.Schedules;

/// <summary>A model's schedules in an engine: found, planned, and made to match.</summary>
/// <param name="client">The engine.</param>
public sealed class ModelSchedules(ITemporalClient client)
{
    /// <summary>Plans how the engine's schedules are made to match a definition.</summary>
    public async Task<SchedulePlan> PlanAsync(ModelDefinition model, CancellationToken cancellation)
    {
        Dictionary<string, ScheduleSettings> wanted = new(StringComparer.Ordinal);
        foreach (ScheduleDefinition schedule in model.Schedules)
        {
            wanted[ScheduleIds.Of(model.Name, schedule.Id)] = await ScheduleReading.SettingsOfAsync(WantedSchedule.Of(model, schedule));
        }

        IEnumerable<string> listed = await IdsAsync(model.Name, cancellation);
        List<FoundSchedule> found = [];
        foreach (string id in listed.Union(wanted.Keys, StringComparer.Ordinal))
        {
            if (await FindAsync(id, cancellation) is { } schedule)
            {
                found.Add(schedule);
            }
        }

        return SchedulePlan.Of(model.Name, wanted, found);
    }

    /// <summary>Carries a plan out. Running it again, after any failure, does what is left.</summary>
    public async Task ApplyAsync(ModelDefinition model, SchedulePlan plan, CancellationToken cancellation)
    {
        if (plan.Changes.FirstOrDefault(change => change.Kind == ScheduleChangeKind.Foreign) is { } foreign)
        {
            throw new ClientException(
                ClientFailure.BadInput,
                $"schedule {foreign.Id} exists and was not made by 'lifecycle schedule apply'; delete it, or give the one in models/{plan.Model}/model.yaml another id");
        }

        Dictionary<string, Schedule> wanted = model.Schedules.ToDictionary(schedule => ScheduleIds.Of(model.Name, schedule.Id), schedule => WantedSchedule.Of(model, schedule));
        foreach (ScheduleChange change in plan.Changes)
        {
            await CarryOutAsync(plan.Model, change, wanted.GetValueOrDefault(change.Id), cancellation);
        }
    }

    /// <summary>Ids of the schedules that a model's definition made, in order.</summary>
    public async Task<IReadOnlyList<string>> IdsAsync(string model, CancellationToken cancellation)
    {
        List<string> ids = [];
        await foreach (ScheduleListDescription listed in client.ListSchedulesAsync(new() { Rpc = Rpc(cancellation) }))
        {
            if (await ScheduleReading.MadeForAsync(listed.Memo) == model)
            {
                ids.Add(listed.Id);
            }
        }

        return [.. ids.Order(StringComparer.Ordinal)];
    }

    /// <summary>A schedule; null when the engine has none of this id.</summary>
    public async Task<FoundSchedule?> FindAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return await ScheduleReading.FoundAsync(await client.GetScheduleHandle(id).DescribeAsync(Rpc(cancellation)));
        }
        catch (RpcException missing) when (missing.Code == RpcException.StatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task CarryOutAsync(string model, ScheduleChange change, Schedule? wanted, CancellationToken cancellation)
    {
        ScheduleHandle handle = client.GetScheduleHandle(change.Id);
        switch (change.Kind)
        {
            case ScheduleChangeKind.Create:
                Dictionary<string, object> memo = new() { [ScheduleIds.ModelMemo] = model };
                await client.CreateScheduleAsync(change.Id, wanted!, new() { Memo = memo, Rpc = Rpc(cancellation) });
                break;
            case ScheduleChangeKind.Update:
                bool keepsLimit = change.Differences.All(difference => difference.Setting != "limitedActions");
                await handle.UpdateAsync(
                    input => new ScheduleUpdate(wanted! with { State = StateOf(input.Description.Schedule.State, wanted!.State, keepsLimit) }), Rpc(cancellation));
                break;
            case ScheduleChangeKind.Delete:
                await handle.DeleteAsync(Rpc(cancellation));
                break;
            default:
                break;
        }
    }

    // Pause and note are the operator's; what is left of an unchanged limit is the engine's.
    private static ScheduleState StateOf(ScheduleState found, ScheduleState wanted, bool keepsLimit) => keepsLimit
        ? found
        : found with { LimitedActions = wanted.LimitedActions, RemainingActions = wanted.RemainingActions };

    private static RpcOptions Rpc(CancellationToken cancellation) => new() { CancellationToken = cancellation };
}
