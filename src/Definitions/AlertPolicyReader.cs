using System.Collections.Immutable;
using Lifecycle.Definitions.Binding;
using Lifecycle.Definitions.Problems;
using Lifecycle.Definitions.Rules;
using Lifecycle.Domain.Alerts;
using Lifecycle.Domain.Files;
using Lifecycle.Domain.Models;

namespace Lifecycle.Definitions;

/// <summary>
/// Reads an operator's <c>alerts.yaml</c> as strictly as a model definition. Reads nothing but this file: whether secrets and
/// servers are there shows when a message is sent.
/// </summary>
public static class AlertPolicyReader
{
    /// <summary>Name of the file in the home.</summary>
    public const string FileName = "alerts.yaml";

    /// <summary>Name of the file beside it that takes the messages where there is no alerts.yaml.</summary>
    public const string DefaultMessagesFile = "alerts.jsonl";

    /// <summary>Reads the policy in a file; the default one where the file does not exist. Paths in it become absolute.</summary>
    /// <exception cref="ModelDefinitionException">The file is malformed or inconsistent.</exception>
    public static AlertPolicy ReadOrDefault(string file)
    {
        string path = Path.GetFullPath(file);
        string folder = Path.GetDirectoryName(path)!;
        return RegularFile.IsAbsent(path) ? AlertPolicy.ToFile(Path.Combine(folder, DefaultMessagesFile)) : Read(path);
    }

    /// <summary>Reads the policy in a file. Paths in it become absolute.</summary>
    /// <exception cref="ModelDefinitionException">The file is missing, malformed or inconsistent.</exception>
    public static AlertPolicy Read(string file)
    {
        string path = Path.GetFullPath(file);
        DefinitionProblems problems = new(Path.GetFileName(path));
        byte[] bytes = DefinitionFile.ReadBytes(path, problems, "docs/how-to/get-alerts.md shows what it looks like");
        AlertPolicy policy = DefinitionFile.Bind<AlertPolicy>(bytes, problems, out LineIndex lines);
        foreach (RuleBreach breach in AlertPolicyRules.Check(policy))
        {
            problems.Add(lines.Of(breach.Path), breach.Message);
        }

        problems.ThrowIfAny();
        string folder = Path.GetDirectoryName(path)!;
        return policy with
        {
            Receivers = policy.Receivers.ToImmutableSortedDictionary(entry => entry.Key, entry => Rooted(entry.Value, folder), StringComparer.Ordinal),
            Rules = policy.Rules.ToImmutableSortedDictionary(entry => entry.Key, entry => Rooted(entry.Value, folder), StringComparer.Ordinal),
        };
    }

    private static AlertReceiver Rooted(AlertReceiver receiver, string folder) => receiver switch
    {
        AlertReceiver.JsonLines lines => lines with { Path = Path.GetFullPath(lines.Path, folder) },
        AlertReceiver.Webhook webhook => webhook with { Secret = Rooted(webhook.Secret, folder) },
        AlertReceiver.Email { Password: { } password } email => email with { Password = Rooted(password, folder) },
        _ => receiver,
    };

    private static AlertRule Rooted(AlertRule rule, string folder) =>
        rule is AlertRule.BackupAge backup ? backup with { Folder = Path.GetFullPath(backup.Folder, folder) } : rule;

    private static string Rooted(string secret, string folder) => secret.StartsWith(SecretPrefixes.File, StringComparison.Ordinal)
        ? SecretPrefixes.File + Path.GetFullPath(secret[SecretPrefixes.File.Length..], folder)
        : secret;
}
