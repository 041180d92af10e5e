using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Homes;
using Lifecycle.Publishing.Keys;
using Spectre.Console;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle keys</c>: makes keys, and shows who is enrolled.</summary>
public static class KeysVerb
{
    /// <summary>A key as it is shown; never its private part.</summary>
    public sealed record Row(string Id, string Fingerprint, string PublicKey, bool Enrolled, bool IsDemo);

    /// <summary>The command with its parts.</summary>
    public static Command Create()
    {
        Command keys = new("keys", "Make keys of release engineers, and show who is enrolled");
        keys.Subcommands.Add(CreateNew());
        keys.Subcommands.Add(CreateList());
        return keys;
    }

    private static Command CreateNew()
    {
        Argument<string> id = new("engineer") { Description = "Id of the engineer: lower-case letters, digits and hyphens" };
        Option<bool> enrol = new("--enrol") { Description = "Enrol the key in this home, so that its decisions count" };
        return Verb.Create("new", "Make a P-256 key for a release engineer; never overwrites one", "keys new ada --enrol")
            .Does([id, enrol], (parsed, output, _) =>
            {
                HomeFolder home = GlobalOptions.HomeOf(parsed).Create();
                KeyFolder folder = new(home.Root);
                HomeGuard guard = new(home, TimeProvider.System);
                string engineer = parsed.GetValue(id)!;
                if (parsed.GetValue(enrol))
                {
                    guard.Require(HomeStore.Trust);
                }

                using SigningKey key = folder.Create(engineer);
                if (parsed.GetValue(enrol))
                {
                    folder.Enrol(engineer, key.PublicKey);
                    guard.Note(HomeStore.Trust);
                }

                Row row = new(engineer, key.PublicKey.Fingerprint, folder.PublicKeyPath(engineer), parsed.GetValue(enrol), IsDemo: false);
                output.Result(row, console => console.Line(
                    $"made {folder.PrivateKeyPath(engineer)} (keep it) and {row.PublicKey} (give it away){(row.Enrolled ? "; enrolled" : "")}"));
                return Task.FromResult(ExitCodes.Success);
            });
    }

    private static Command CreateList() => Verb.Create("list", "Show who is enrolled in this home", "keys list --json")
        .Does([], (parsed, output, _) =>
        {
            KeyFolder folder = new(GlobalOptions.HomeOf(parsed).Root);
            TrustRoot root = folder.ReadTrustRoot();
            List<Row> rows =
            [
                new(KeyFolder.PublisherId, VerificationKey.FromPem(root.PublisherKeyPem).Fingerprint, folder.PublicKeyPath(KeyFolder.PublisherId), Enrolled: true, root.PublisherIsDemo),
                .. root.Enrolment.Engineers.Select(engineer => new Row(
                    engineer.Id, VerificationKey.FromPem(engineer.PublicKeyPem).Fingerprint, folder.PublicKeyPath(engineer.Id), Enrolled: true, engineer.IsDemo)),
            ];
            output.Result(rows, console => Draw(console, rows));
            return Task.FromResult(ExitCodes.Success);
        });

    private static void Draw(IAnsiConsole console, List<Row> rows)
    {
        Table table = Texts.Table("id", "fingerprint", "");
        foreach (Row row in rows)
        {
            table.AddRow(new Text(row.Id), new Text(row.Fingerprint), new Text(row.IsDemo ? "DEMO KEY: proves nothing to anyone else" : ""));
        }

        console.Write(table);
    }
}
