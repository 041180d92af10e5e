using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client;
using Lifecycle.Client.Releases;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Trust;
using Spectre.Console;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle verify</c>: is this Publication what it says, signed and approved by whom it must be?</summary>
public static class VerifyVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> publication = new("publication") { Description = "A directory, or the address of a publication in the blob account (publications/<model>/<digest>)" };
        Option<FileInfo?> trust = new("--trust") { Description = "Trust root: the publisher's and engineers' public keys (default: enrolment.json in the home)", HelpName = "FILE" };
        return Verb.Create(
            "verify", "Verify a publication: signature, every digest, approvals; exit 1 when it is refused",
            "verify ./demo-home/publications/disposable-domain-2020-05 --home ./demo-home", "verify publications/disposable-domain/<digest> --json")
            .Does([publication, trust], async (parsed, output, cancellation) =>
            {
                TrustRoot root = parsed.GetValue(trust) is { } file
                    ? KeyFolder.ReadTrustRoot(file.FullName)
                    : new KeyFolder(GlobalOptions.HomeOf(parsed).Root).ReadTrustRoot();
                string place = parsed.GetValue(publication)!;
                if (!Directory.Exists(place) && !place.Contains("publications/", StringComparison.Ordinal))
                {
                    throw new CommandException(
                        ExitCodes.BadInput, $"'{place}' is no directory; give a directory, or publications/<model>/<release digest> in the blob account");
                }

                PublicationVerifier verifier = new(root, TimeProvider.System);
                VerificationReport report = Directory.Exists(place)
                    ? verifier.VerifyDirectory(place, cancellation)
                    : await verifier.VerifyBlobAsync(await BlobRooms.OpenStoreAsync(BlobOf(parsed, place), cancellation), place, cancellation);
                output.Result(report, console => Draw(console, report));
                return report.Passed ? ExitCodes.Success : ExitCodes.Negative;
            });
    }

    private static string BlobOf(ParseResult parsed, string place)
    {
        try
        {
            return GlobalOptions.BlobOf(parsed);
        }
        catch (ClientException missing)
        {
            throw new CommandException(ExitCodes.BadInput, $"'{place}' is no directory, and to look for it in a blob account: {missing.Message}", missing);
        }
    }

    private static void Draw(IAnsiConsole console, VerificationReport report)
    {
        foreach (VerificationCheck check in report.Checks)
        {
            console.Line($"{(check.Passed ? "ok     " : "REFUSED")} {check.Name}: {check.Sentence}");
        }

        string demo = report.IsDemo ? " (DEMO KEYS: they prove nothing to anyone else)" : "";
        console.Line(report.Passed
            ? $"verified: {report.Release!.Model}, snapshot {report.Release.Snapshot}, approved by {string.Join(" and ", report.Publication!.ApprovedBy)}{demo}"
            : $"refused: {report.Refusal}");
        if (report.Release?.Unmeasured is { } unmeasured)
        {
            console.Line(unmeasured);
        }
    }
}
