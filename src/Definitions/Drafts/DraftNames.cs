using System.Collections.Immutable;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Definitions.Drafts;

/// <summary>The columns of a file by names that a definition and a graph can have; snapshot.sql renames those whose own cannot.</summary>
/// <param name="Profile">The file, its columns by their names in the definition.</param>
/// <param name="InFile">Each column's name in the file, by its name in the definition.</param>
/// <param name="RowKey">Name of the column that numbers the rows where no column is their key.</param>
internal sealed record DraftNames(TableProfile Profile, ImmutableDictionary<string, string> InFile, string RowKey)
{
    private const int Longest = 63;

    /// <summary>Names the columns of a file.</summary>
    /// <param name="profile">The file.</param>
    /// <param name="label">Its column with the label, which is no input of the graph.</param>
    public static DraftNames Of(TableProfile profile, string label)
    {
        bool Fits(string name) => IdentifierRules.IsWord(name) && (name == label || !IsReserved(name));
        HashSet<string> taken = new(profile.Columns.Select(column => column.Name), StringComparer.OrdinalIgnoreCase);
        ImmutableDictionary<string, string>.Builder inFile = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        ImmutableArray<ColumnProfile>.Builder columns = ImmutableArray.CreateBuilder<ColumnProfile>();
        foreach (ColumnProfile column in profile.Columns)
        {
            string name = Fits(column.Name) ? column.Name : Free(Word(column.Name), taken);
            inFile.Add(name, column.Name);
            columns.Add(column with { Name = name });
        }

        return new DraftNames(profile with { Columns = columns.ToImmutable() }, inFile.ToImmutable(), Free("row_key", taken));
    }

    /// <summary>Whether the file calls the column otherwise.</summary>
    public bool IsRenamed(string name) => InFile[name] != name;

    private static string Word(string name)
    {
        string[] parts = new string([.. name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string word = string.Join('_', parts);
        word = word is [] || !char.IsAsciiLetter(word[0]) || IsReserved(word) ? $"given_{word}" : word;
        word = word.EndsWith(GraphNames.PresenceSuffix, StringComparison.Ordinal) ? $"{word}_given" : word;
        return word[..Math.Min(word.Length, Longest - 4)].TrimEnd('_');
    }

    private static string Free(string word, HashSet<string> taken)
    {
        string name = word;
        for (int number = 2; !taken.Add(name); number++)
        {
            name = FormattableString.Invariant($"{word}_{number}");
        }

        return name;
    }

    // The graph's outputs, and its marks of missing values, have these.
    private static bool IsReserved(string name) => GraphNames.Outputs.Contains(name) || name.EndsWith(GraphNames.PresenceSuffix, StringComparison.Ordinal);
}
