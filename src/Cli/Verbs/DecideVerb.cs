using System.CommandLine;
using Lifecycle.Cli.Output;
using Lifecycle.Cli.Releases;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Keys;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Spectre.Console;
using Temporalio.Client;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle approve</c> and <c>lifecycle reject</c>: sign a decision about the release that a run waits with.</summary>
public static class DecideVerb
{
    private const double DefaultValidityHours = 24;

    /// <summary>The approve command.</summary>
    public static Command CreateApprove() => Create(
        "approve", DecisionKind.Approve, "Approve the release that a model's run waits with",
        "approve disposable-domain --as ada", "approve disposable-domain --as ada --print > approval.json");

    /// <summary>The reject command.</summary>
    public static Command CreateReject() => Create(
        "reject", DecisionKind.Reject, "Reject the release that a model's run waits with",
        "reject disposable-domain --as ada --reason \"flags our own mail provider\"");

    private static Command Create(string name, DecisionKind kind, string description, params string[] examples)
    {
        Argument<string> run = new("run") { Description = "Name of a model (its run in flight) or a run id" };
        Option<string> engineer = new("--as") { Description = "Id of the release engineer who decides", Required = true, HelpName = "ENGINEER" };
        Option<FileInfo?> key = new("--key") { Description = "Private key (default: keys/<engineer>.key.pem in the home)", HelpName = "FILE" };
        Option<string> reason = new("--reason") { Description = "Why; a rejection needs it", DefaultValueFactory = _ => "", HelpName = "TEXT" };
        Option<double> hours = new("--valid-for") { Description = "Hours that the decision stays valid; the model's policy has an upper bound", DefaultValueFactory = _ => DefaultValidityHours, HelpName = "HOURS" };
        Option<bool> print = new("--print") { Description = $"Print the signed decision, the input of the update '{name}', and send nothing" };
        return Verb.Create(name, description, examples).Does([run, engineer, key, reason, hours, print], async (parsed, output, cancellation) =>
        {
            ITemporalClient client = await GlobalOptions.ConnectionOf(parsed).ConnectAsync(cancellation);
            var handle = await ShowVerb.FindAsync(client, parsed.GetValue(run)!, cancellation);
            using SigningKey signer = DecisionKeys.Open(GlobalOptions.HomeOf(parsed), parsed.GetValue(engineer)!, parsed.GetValue(key));
            DecisionEnvelope envelope = await Decisions.SignAsync(
                handle, kind, signer, parsed.GetValue(reason)!, TimeSpan.FromHours(parsed.GetValue(hours)), TimeProvider.System, cancellation);
            return parsed.GetValue(print)
                ? Print(envelope, output)
                : Report(await Decisions.DeliverAsync(handle, kind, envelope, cancellation), output);
        });
    }

    private static int Print(DecisionEnvelope envelope, CommandOutput output)
    {
        output.Document(envelope);
        return ExitCodes.Success;
    }

    private static int Report(DecisionReceipt receipt, CommandOutput output)
    {
        output.Result(receipt, console => console.Line(
            $"{receipt.Decision} by {receipt.Engineer} counts; {receipt.ApprovalCount} approvals of release {Texts.Short(receipt.ReleaseDigest)}"));
        return ExitCodes.Success;
    }
}
