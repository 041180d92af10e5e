using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Releases;
using Lifecycle.Client.Runs;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Publishing.Keys;
using Lifecycle.Workflows.ColdStart;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Lifecycle.Workflows.Rollback;
using Spectre.Console;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle approve</c> and <c>lifecycle reject</c>: sign a decision about the release that a run waits with, about a
/// rollback, or about a cold start. Which of them is said by who signs: a signature never depends on what happens to wait.</summary>
public static class DecideVerb
{
    private const double DefaultValidityHours = 24;

    /// <summary>The approve command.</summary>
    public static Command CreateApprove() => Create(
        "approve", DecisionKind.Approve, "Approve the release that a model's run waits with, or with --rollback a rollback, with --cold-start a cold start",
        "approve disposable-domain --as ada", "approve disposable-domain --rollback --as ada", "approve disposable-domain --cold-start --as ada", "approve disposable-domain --as ada --print > approval.json");

    /// <summary>The reject command.</summary>
    public static Command CreateReject() => Create(
        "reject", DecisionKind.Reject, "Reject the release that a model's run waits with, or with --rollback a rollback, with --cold-start a cold start",
        "reject disposable-domain --as ada --reason \"flags our own mail provider\"");

    private static Command Create(string name, DecisionKind kind, string description, params string[] examples)
    {
        Argument<string> run = new("run") { Description = "Name of a model (its run in flight) or a run id" };
        Option<string> engineer = new("--as") { Description = "Id of the release engineer who decides", Required = true, HelpName = "ENGINEER" };
        Option<FileInfo?> key = new("--key") { Description = "Private key (default: keys/<engineer>.key.pem in the home)", HelpName = "FILE" };
        Option<string> reason = new("--reason") { Description = "Why; a rejection needs it", DefaultValueFactory = _ => "", HelpName = "TEXT" };
        Option<double> hours = new("--valid-for") { Description = "Hours that the decision stays valid; the model's policy has an upper bound", DefaultValueFactory = _ => DefaultValidityHours, HelpName = "HOURS" };
        Option<bool> print = new("--print") { Description = $"Print the signed decision, the input of the update '{name}', and send nothing" };
        Option<bool> rollback = new("--rollback") { Description = "Decide about the rollback of the model's channel, not about its run" };
        Option<bool> coldStart = new("--cold-start") { Description = "Decide about the cold start of the model, not about its run" };
        ChannelOption channel = new("Release channel of the rollback");
        return Verb.Create(name, description, examples).Does([run, engineer, key, reason, hours, print, rollback, coldStart, channel.Option], async (parsed, output, cancellation) =>
        {
            ITemporalClient client = await GlobalOptions.ConnectionOf(parsed).ConnectAsync(cancellation);
            using SigningKey signer = DecisionKeys.Open(GlobalOptions.HomeOf(parsed), parsed.GetValue(engineer)!, parsed.GetValue(key));
            DecisionDraft draft = new(kind, signer, parsed.GetValue(reason)!, TimeSpan.FromHours(parsed.GetValue(hours)));
            string subject = parsed.GetValue(run)!;
            (WorkflowHandle waiting, DecisionEnvelope envelope) = (parsed.GetValue(rollback), parsed.GetValue(coldStart)) switch
            {
                (true, true) => throw new CommandException(ExitCodes.BadInput, "--rollback and --cold-start are two different questions; give one of them"),
                (true, _) => await SignRollbackAsync(RollbackVerb.Find(client, subject, channel.Of(parsed, subject)), draft, cancellation),
                (_, true) => await SignColdStartAsync(ColdStartVerb.Find(client, subject), draft, cancellation),
                _ => await SignReleaseAsync(await ShowVerb.FindAsync(client, subject, cancellation), draft, cancellation),
            };
            return parsed.GetValue(print)
                ? Print(envelope, output)
                : Report(await Decisions.DeliverAsync(waiting, kind, envelope, cancellation), output);
        });
    }

    private static async Task<(WorkflowHandle Waiting, DecisionEnvelope Envelope)> SignReleaseAsync(
        WorkflowHandle<RetrainingWorkflow, RetrainingState> run, DecisionDraft draft, CancellationToken cancellation) =>
        (run, await Decisions.SignAsync(run, draft.Kind, draft.Signer, draft.Reason, draft.Validity, TimeProvider.System, cancellation));

    private static async Task<(WorkflowHandle Waiting, DecisionEnvelope Envelope)> SignRollbackAsync(
        WorkflowHandle<RollbackWorkflow, RollbackState> rollback, DecisionDraft draft, CancellationToken cancellation) =>
        (await OpenAsync(rollback, cancellation), await Decisions.SignAsync(rollback, draft.Kind, draft.Signer, draft.Reason, draft.Validity, TimeProvider.System, cancellation));

    private static async Task<(WorkflowHandle Waiting, DecisionEnvelope Envelope)> SignColdStartAsync(
        WorkflowHandle<ColdStartWorkflow, ColdStartState> start, DecisionDraft draft, CancellationToken cancellation) =>
        (await OpenAsync(start, cancellation), await Decisions.SignAsync(start, draft.Kind, draft.Signer, draft.Reason, draft.Validity, TimeProvider.System, cancellation));

    private static async Task<WorkflowHandle> OpenAsync(WorkflowHandle waiting, CancellationToken cancellation)
    {
        WorkflowExecutionStatus status = (await waiting.DescribeAsync(new() { Rpc = new() { CancellationToken = cancellation } })).Status;
        return status == WorkflowExecutionStatus.Running
            ? waiting
            : throw new CommandException(ExitCodes.Negative, $"{waiting.Id} has ended ({status}): {await RunFailures.OfAsync(waiting, cancellation) ?? "there is nothing to decide about any more"}");
    }

    private static int Print(DecisionEnvelope envelope, CommandOutput output)
    {
        output.Document(envelope);
        return ExitCodes.Success;
    }

    private static int Report(DecisionReceipt receipt, CommandOutput output)
    {
        output.Result(receipt, console => console.Line(
            $"{receipt.Decision} by {receipt.Engineer} counts; {receipt.ApprovalCount} approval{(receipt.ApprovalCount == 1 ? "" : "s")} of {Texts.Short(receipt.ReleaseDigest)}"));
        return ExitCodes.Success;
    }

    private sealed record DecisionDraft(DecisionKind Kind, SigningKey Signer, string Reason, TimeSpan Validity);
}
