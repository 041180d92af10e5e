using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Models;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.OnnxModels.References;

/// <summary>
/// Texts to hold a compiled reference against, where there are no rows yet: everything it knows, everything its rules ask for
/// with something before, behind and around, near misses of both, and generated texts. The same reference gives the same texts.
/// </summary>
public static class ReferenceProbes
{
    private const int GeneratedCount = 2000;
    private const int Seed = 20240607;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789-.";

    /// <summary>The texts, normalised, each once.</summary>
    public static ImmutableArray<string> Of(TextReference reference, FeatureView view)
    {
        ArgumentNullException.ThrowIfNull(reference);
        InputRules rules = InputRules.For(TextReference.ColumnOf(view));
        return
        [
            .. Candidates(reference)
                .Select(candidate => candidate.Length == 0 ? null : rules.Check(candidate))
                .OfType<InputCheck.Accepted>()
                .Select(accepted => accepted.Text)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> Candidates(TextReference reference)
    {
        foreach (string known in reference.Known.Keys)
        {
            yield return known;
            yield return $"x{known}";
            yield return $"{known}x";
        }

        foreach (string literal in reference.Rules.Select(rule => rule.Is ?? rule.StartsWith ?? rule.EndsWith ?? rule.Contains ?? ""))
        {
            foreach (string probe in Around(literal))
            {
                yield return probe;
            }
        }

        Random random = new(Seed);
        string[] literals = [.. reference.Rules.Select(rule => rule.Is ?? rule.StartsWith ?? rule.EndsWith ?? rule.Contains ?? "")];
        for (int i = 0; i < GeneratedCount; i++)
        {
            string middle = literals.Length > 0 && random.Next(2) == 0 ? literals[random.Next(literals.Length)] : "";
            yield return string.Create(CultureInfo.InvariantCulture, $"{Some(random)}{middle}{Some(random)}.example");
        }
    }

    private static string[] Around(string literal) =>
    [
        literal, $"a{literal}", $"{literal}a", $"a{literal}a", $"a.{literal}", $"{literal}.example", $"a{literal}.example",
        $"{literal}a.example", $"a{literal}a.example", $"{literal[..^1]}.example", $"a.{literal[1..]}", literal.ToUpperInvariant(),
    ];

    private static string Some(Random random) =>
        string.Create(random.Next(1, 12), random, static (text, source) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = Alphabet[source.Next(Alphabet.Length)];
            }
        });
}
