using System.Collections.Immutable;
using System.Text;

namespace Lifecycle.Domain.Scoring;

/// <summary>A row that was refused, with where it comes from.</summary>
/// <param name="Source">Name of the file.</param>
/// <param name="Line">Line in it.</param>
/// <param name="Reason">What was found and what was expected.</param>
public sealed record RefusedRow(string Source, long Line, string Reason);

/// <summary>
/// Refused rows counted by the kind of reason, and the first of them as examples. Bounded, whatever the rows hold: the kinds
/// that come after the twentieth are counted together.
/// </summary>
public sealed record RefusalSummary
{
    /// <summary>Name of the kind that holds all kinds beyond the bound.</summary>
    public const string OtherKinds = "other reasons";

    private const int MaximumKinds = 20;
    private const int MaximumExamples = 10;

    /// <summary>Refused rows.</summary>
    public long Count { get; init; }

    /// <summary>Refused rows by the kind of reason: the reason without the values it quotes.</summary>
    public ImmutableSortedDictionary<string, long> Kinds { get; init; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>The first refused rows.</summary>
    public ImmutableArray<RefusedRow> Examples { get; init; } = [];

    /// <summary>The summary with one more refused row.</summary>
    public RefusalSummary With(RefusedRow row) => With(new RefusalSummary
    {
        Count = 1,
        Kinds = Kinds.Clear().Add(KindOf(row.Reason), 1),
        Examples = [row],
    });

    /// <summary>The summary of both.</summary>
    public RefusalSummary With(RefusalSummary other)
    {
        ImmutableSortedDictionary<string, long>.Builder kinds = Kinds.WithComparers(StringComparer.Ordinal).ToBuilder();
        foreach ((string kind, long count) in other.Kinds)
        {
            string counted = kinds.ContainsKey(kind) || kinds.Count < MaximumKinds ? kind : OtherKinds;
            kinds[counted] = kinds.GetValueOrDefault(counted) + count;
        }

        return new RefusalSummary
        {
            Count = Count + other.Count,
            Kinds = kinds.ToImmutable(),
            Examples = [.. Examples.Concat(other.Examples).OrderBy(row => row.Source, StringComparer.Ordinal).ThenBy(row => row.Line).Take(MaximumExamples)],
        };
    }

    /// <summary>A reason without what it quotes: quoted texts become '…', numbers #.</summary>
    public static string KindOf(string reason)
    {
        StringBuilder kind = new();
        bool quoted = false;
        foreach (char character in reason)
        {
            if (character == '\'')
            {
                kind.Append(quoted ? "…'" : "'");
                quoted = !quoted;
            }
            else if (!quoted && char.IsAsciiDigit(character))
            {
                _ = kind.Length > 0 && kind[^1] == '#' ? kind : kind.Append('#');
            }
            else if (!quoted)
            {
                kind.Append(character);
            }
        }

        return kind.ToString();
    }
}
