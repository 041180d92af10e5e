using System.Collections.Immutable;
using Lifecycle.Cli.Output;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;

namespace Lifecycle.Cli.Verbs;

/// <summary>
/// What an engine cannot read of its own records is set aside with the reason, and everything else goes on; <c>lifecycle doctor</c> shows it.
/// A schedule says so in its note, a run when it is described.
/// </summary>
public static class SetAsideRecords
{
    private const int MaximumNote = 300;
    private const string NotClosed = "ExecutionStatus = 'Running' OR CloseTime IS NULL";

    /// <summary>The checks of the schedules and of the runs that are not closed. Neither is required: the others go on.</summary>
    public static async Task<ImmutableArray<DoctorVerb.Check>> CheckAsync(ITemporalClient client, CancellationToken cancellation) =>
    [
        Check("schedules", "every schedule can be read", "'lifecycle schedule apply' writes it anew", await SchedulesAsync(client, cancellation)),
        Check(
            "runs",
            "every open run can be read",
            "'temporal workflow delete --workflow-id ID' removes it, and what started it starts it again; a backup of the home brings it back",
            await RunsAsync(client, cancellation)),
    ];

    private static DoctorVerb.Check Check(string name, string allWell, string whatToDo, List<string> aside) => aside is []
        ? new(name, Passed: true, Required: false, allWell)
        : new(name, Passed: false, Required: false, $"{string.Join("; ", aside)}; {whatToDo}");

    private static async Task<List<string>> SchedulesAsync(ITemporalClient client, CancellationToken cancellation)
    {
        List<string> aside = [];
        await foreach (ScheduleListDescription listed in client.ListSchedulesAsync(new() { Rpc = new() { CancellationToken = cancellation } }))
        {
            if (listed.Schedule?.State.Note is { } note && note.StartsWith("set aside:", StringComparison.Ordinal))
            {
                aside.Add($"{Texts.Visible(listed.Id)} is {Texts.Visible(note, MaximumNote)}");
            }
        }

        return aside;
    }

    private static async Task<List<string>> RunsAsync(ITemporalClient client, CancellationToken cancellation)
    {
        List<string> aside = [];
        RpcOptions call = new() { CancellationToken = cancellation };

        // The service itself: a handle asks again for seconds when records are lost.
        await foreach (WorkflowExecution listed in client.ListWorkflowsAsync(NotClosed, new() { Rpc = call }))
        {
            try
            {
                await client.WorkflowService.DescribeWorkflowExecutionAsync(
                    new() { Namespace = client.Options.Namespace, Execution = new() { WorkflowId = listed.Id, RunId = listed.RunId } }, call);
            }
            catch (RpcException unreadable) when (unreadable.Code == RpcException.StatusCode.DataLoss)
            {
                aside.Add($"{Texts.Visible(listed.Id)} is set aside: {Texts.Visible(unreadable.Message, MaximumNote)}");
            }
            catch (RpcException gone) when (gone.Code == RpcException.StatusCode.NotFound)
            {
                // Deleted since it was listed.
            }
        }

        return aside;
    }
}
