using System.Globalization;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>A column's levels by number, for each row and once each.</summary>
internal sealed record LevelCodes(int[] Codes, string[] Keys)
{
    /// <summary>The key of a missing value: a control character, which no value holds.</summary>
    public const string Missing = "\u0001";

    /// <summary>The key of a whole number.</summary>
    public static string KeyOf(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Numbers the levels of rows.</summary>
    public static LevelCodes Of(int rows, Func<int, string?> levelOf)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        int[] codes = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            string key = levelOf(row) ?? Missing;
            if (!numbers.TryGetValue(key, out int code))
            {
                code = numbers.Count;
                numbers.Add(key, code);
            }

            codes[row] = code;
        }

        string[] keys = new string[numbers.Count];
        foreach ((string key, int code) in numbers)
        {
            keys[code] = key;
        }

        return new LevelCodes(codes, keys);
    }

    /// <summary>The levels of at least so many rows, the most frequent ones first, equally frequent ones by ordinal.</summary>
    public (int Code, int Rows)[] Frequent(int minimumCount, int maximumTerms)
    {
        int[] counts = new int[Keys.Length];
        foreach (int code in Codes)
        {
            counts[code]++;
        }

        return
        [
            .. counts.Select((count, code) => (Code: code, Rows: count))
                .Where(level => level.Rows >= minimumCount)
                .OrderByDescending(level => level.Rows)
                .ThenBy(level => Keys[level.Code], StringComparer.Ordinal)
                .Take(maximumTerms),
        ];
    }
}
