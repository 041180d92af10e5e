using System.Collections.Immutable;

namespace Lifecycle.Conformance.Tests.CommandLine;

/// <summary>What a person types to run, watch and steer workflows and schedules, in this order, with plain JSON.</summary>
internal static class CliSteps
{
    public static ImmutableArray<CliStep> All { get; } =
    [
        Start("start", "cli-greeting", "GreetingWorkflow", "--input", "\"cli\"", "--static-summary", "from the command line"),
        new("result", "workflow", "result", "-w", "cli-greeting", "-o", "json"),
        new("show-greeting", "workflow", "show", "-w", "cli-greeting", "-o", "json"),
        new("start-again", "workflow", "start", "-w", "cli-greeting", "--type", "GreetingWorkflow", "-t", "conformance", "--id-reuse-policy", "RejectDuplicate"),
        Start("start-waiter", "cli-waiter", "WaiterWorkflow", "--memo", "note=\"kept\"", "--search-attribute", "ConformanceModel=\"cli\""),
        new("wait", "workflow", "describe", "-w", "cli-waiter", "-o", "json") { Until = "\"historyLength\": \"4\"" },
        new("signal", "workflow", "signal", "-w", "cli-waiter", "--name", "Note", "--input", "\"typed\""),
        new("query", "workflow", "query", "-w", "cli-waiter", "--type", "Notes", "-o", "json") { Until = "typed" },
        new("query-unknown", "workflow", "query", "-w", "cli-waiter", "--type", "Nothing"),
        new("list", "workflow", "list", "--query", "ConformanceModel = 'cli'", "-o", "json") { Until = "cli-waiter" },
        new("list-wrong", "workflow", "list", "--query", "Model = 'cli'"),
        new("count", "workflow", "count", "--query", "ConformanceModel = 'cli' GROUP BY ExecutionStatus", "-o", "json"),
        new("cancel", "workflow", "cancel", "-w", "cli-waiter"),
        new("cancelled", "workflow", "describe", "-w", "cli-waiter", "-o", "json") { Until = "CANCELED" },
        new("show", "workflow", "show", "-w", "cli-waiter", "-o", "json"),
        Start("start-counter", "cli-counter", "CounterWorkflow", "--input", "1"),
        new("counter-waits", "workflow", "describe", "-w", "cli-counter", "-o", "json") { Until = "\"historyLength\": \"4\"" },
        new("update", "workflow", "update", "execute", "-w", "cli-counter", "--name", "Add", "--input", "4", "--update-id", "typed", "-o", "json"),
        new("update-rejected", "workflow", "update", "execute", "-w", "cli-counter", "--name", "Add", "--input", "-4"),
        new("update-result", "workflow", "update", "result", "-w", "cli-counter", "--update-id", "typed", "-o", "json"),
        new("terminate", "workflow", "terminate", "-w", "cli-counter", "--reason", "seen enough"),
        new("terminate-again", "workflow", "terminate", "-w", "cli-counter"),
        new("describe-missing", "workflow", "describe", "-w", "cli-missing"),
        new("schedule-create", "schedule", "create", "-s", "cli-schedule", "--calendar", "{\"month\":\"1,4,7,10\",\"dayOfMonth\":\"1\",\"hour\":\"6\"}", "--time-zone", "Europe/Berlin", "--jitter", "0s", "--notes", "quarterly", "-w", "cli-action", "--type", "GreetingWorkflow", "-t", "conformance", "--input", "\"quarter\""),
        new("schedule-describe", "schedule", "describe", "-s", "cli-schedule", "-o", "json"),
        new("schedule-list", "schedule", "list", "--query", "ScheduleId = 'cli-schedule'", "-o", "json") { Until = "cli-schedule" },
        new("schedule-pause", "schedule", "toggle", "-s", "cli-schedule", "--pause", "--reason", "on holiday"),
        new("schedule-paused", "schedule", "describe", "-s", "cli-schedule", "-o", "json") { Until = "on holiday" },
        new("schedule-unpause", "schedule", "toggle", "-s", "cli-schedule", "--unpause", "--reason", "back"),
        new("schedule-trigger", "schedule", "trigger", "-s", "cli-schedule"),
        new("schedule-triggered", "schedule", "describe", "-s", "cli-schedule", "-o", "json") { Until = "STATUS_COMPLETED" },
        new("schedule-wrong", "schedule", "create", "-s", "cli-wrong", "--cron", "0 25 * * *", "-w", "x", "--type", "X", "-t", "q"),
        new("schedule-delete", "schedule", "delete", "-s", "cli-schedule"),
        new("schedule-gone", "schedule", "describe", "-s", "cli-schedule") { Until = "not found" },
    ];

    private static CliStep Start(string name, string id, string type, params string[] more) =>
        new(name, ["workflow", "start", "-w", id, "--type", type, "-t", "conformance", "-o", "json", .. more]);
}
