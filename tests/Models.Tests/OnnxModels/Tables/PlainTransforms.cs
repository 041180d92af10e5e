using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Models.Tests.OnnxModels.Tables;

/// <summary>What the documentation says of each transform, row by row and in doubles, beside the one that compiles to graphs.</summary>
internal sealed class PlainTransforms(InputColumn column, InputValues training, ImmutableArray<double> labels, Target target)
{
    private string[]? vocabulary;
    private (string Term, double Weight)[]? weighted;
    private PlainUrl[]? urls;

    /// <summary>The features of a row.</summary>
    public double[] Of(RowTransform transform, InputValues values, int row) => transform switch
    {
        RowTransform.Numeric numeric => Numeric(numeric, NumberOf(values, row)),
        RowTransform.OneHot oneHot => OneHot(oneHot, LevelOf(values, row)),
        RowTransform.Frequency frequency => [Frequency(frequency, LevelOf(values, row))],
        RowTransform.TargetEncoding encoding => [.. Enumerable.Range(0, Math.Max(1, target.ClassNames.Length > 2 ? target.ClassNames.Length : 1)).Select(name => Encoding(encoding, LevelOf(values, row), name))],
        RowTransform.Ordinal ordinal => [Ordinal(ordinal, LevelOf(values, row))],
        RowTransform.DateParts dates => [.. dates.Parts.SelectMany(part => Date(part, dates.Cyclic, (InputValues.Integers)values, row))],
        RowTransform.CharacterNgrams ngrams => Ngrams(ngrams, TextOf(values, row)),
        RowTransform.ShapeCounts => Shape(TextOf(values, row)),
        RowTransform.Hashed hashed => Hashed(hashed, values, row),
        RowTransform.WordNgrams words => Words(words, TextOf(values, row)),
        RowTransform.Url url => Url(url, TextOf(values, row)),
        RowTransform.TopLevelDomainOneHot domains => TopLevelDomain(domains, TextOf(values, row)),
        _ => throw new ArgumentOutOfRangeException(nameof(transform), transform, "No expectation."),
    };

    private IEnumerable<int> Rows => Enumerable.Range(0, training.Count);

    private double[] Numeric(RowTransform.Numeric numeric, double value)
    {
        double[] present = [.. Rows.Select(row => NumberOf(training, row)).Where(number => !double.IsNaN(number)).Order()];
        double imputed = numeric.Impute switch
        {
            Imputation.None => double.NaN,
            Imputation.Constant => numeric.Constant,
            Imputation.Mean => present.Average(),
            _ => (present[(present.Length - 1) / 2] + present[present.Length / 2]) / 2,
        };
        double feature = Shaped(value);
        double[] all = [.. Rows.Select(row => Shaped(NumberOf(training, row))).Where(number => !double.IsNaN(number)).Order()];
        if (numeric.Standardise)
        {
            double mean = all.Average();
            feature = (feature - mean) / Math.Sqrt(all.Average(number => (number - mean) * (number - mean)));
        }

        if (numeric.Bins is { } bins && !double.IsNaN(feature))
        {
            feature = Enumerable.Range(1, bins - 1).Select(bin => all[(int)Math.Ceiling((double)bin * all.Length / bins) - 1]).Distinct().Count(edge => feature > edge);
        }

        return numeric.Indicator ? [feature, double.IsNaN(value) ? 1 : 0] : [feature];

        double Shaped(double number)
        {
            double known = double.IsNaN(number) ? imputed : number;
            double clipped = known < numeric.Minimum ? numeric.Minimum.Value : known > numeric.Maximum ? numeric.Maximum.Value : known;
            return !numeric.Log1p || double.IsNaN(clipped) ? clipped : Math.Sign(clipped) * Math.Log(1 + Math.Abs(clipped));
        }
    }

    private double[] OneHot(RowTransform.OneHot oneHot, string level)
    {
        string[] kept = Frequent(Rows.Select(row => LevelOf(training, row)), oneHot.MinimumCount, oneHot.MaximumTerms);
        IEnumerable<double> own = oneHot.Unknown == UnknownLevel.Own ? [kept.Contains(level) ? 0 : 1] : [];
        return [.. kept.Select(key => key == level ? 1.0 : 0), .. own];
    }

    private double Frequency(RowTransform.Frequency frequency, string level) =>
        Frequent(Rows.Select(row => LevelOf(training, row)), frequency.MinimumCount, frequency.MaximumTerms).Contains(level)
            ? (double)Rows.Count(row => LevelOf(training, row) == level) / training.Count
            : 0;

    private double Encoding(RowTransform.TargetEncoding encoding, string level, int name)
    {
        double mean = labels.Average(Value);
        if (!Frequent(Rows.Select(row => LevelOf(training, row)), encoding.MinimumCount, encoding.MaximumTerms).Contains(level))
        {
            return mean;
        }

        double[] seen = [.. Rows.Where(row => LevelOf(training, row) == level).Select(row => Value(labels[row]))];
        return (seen.Sum() + (encoding.Smoothing * mean)) / (seen.Length + encoding.Smoothing);

        double Value(double label) => target.ClassNames.Length > 2 ? (label == name ? 1 : 0) : label;
    }

    private double Ordinal(RowTransform.Ordinal ordinal, string level)
    {
        string key = (column.Type, level) switch { (InputType.Boolean, "1") => "true", (InputType.Boolean, "0") => "false", _ => level };
        return ordinal.Levels.IndexOf(key);
    }

    private static double[] Date(DatePart part, bool cyclic, InputValues.Integers values, int row)
    {
        if (values.IsMissing(row))
        {
            return cyclic ? [double.NaN, double.NaN] : [double.NaN];
        }

        DateTime time = new(DateTime.UnixEpoch.Ticks + (values.Values[row] * TimeSpan.TicksPerMicrosecond));
        (int number, int first, int cycle) = part switch
        {
            DatePart.Hour => (time.Hour, 0, 24),
            DatePart.DayOfWeek => (time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek, 1, 7),
            DatePart.DayOfMonth => (time.Day, 1, 31),
            DatePart.Month => (time.Month, 1, 12),
            _ => (time.Year, 0, 1),
        };
        return cyclic ? [Math.Sin(2 * Math.PI * (number - first) / cycle), Math.Cos(2 * Math.PI * (number - first) / cycle)] : [number];
    }

    private double[] Ngrams(RowTransform.CharacterNgrams definition, string text)
    {
        vocabulary ??= Vocabulary(definition);
        string[] found = [.. Occurrences(definition, text)];
        return [.. vocabulary.Select(ngram => (double)found.Count(other => other == ngram))];
    }

    private string[] Vocabulary(RowTransform.CharacterNgrams definition)
    {
        IEnumerable<string> kept = Chosen([.. Rows.Select(row => Occurrences(definition, TextOf(training, row)).ToArray())], definition.MinimumCount, definition.MaximumTerms);
        return [.. kept.OrderBy(ngram => ngram.EnumerateRunes().Count()).ThenBy(ngram => ngram, StringComparer.Ordinal)];
    }

    private IEnumerable<string> Chosen(string[][] occurrences, int minimumCount, int maximumTerms)
    {
        HashSet<string>[] seen = [.. occurrences.Select(terms => terms.ToHashSet())];
        Dictionary<string, int> rowCounts = seen.SelectMany(terms => terms).GroupBy(term => term).ToDictionary(term => term.Key, term => term.Count());
        int classes = Math.Max(1, target.ClassNames.Length);
        double[] rows = [.. Enumerable.Range(0, classes).Select(label => (double)Math.Max(1, Rows.Count(row => ClassOf(row) == label)))];
        Dictionary<string, double> frequencies = [];
        foreach (int row in Rows)
        {
            foreach (string term in seen[row].Where(term => rowCounts[term] >= minimumCount))
            {
                frequencies[term] = frequencies.GetValueOrDefault(term) + (1 / rows[ClassOf(row)]);
            }
        }

        return frequencies.OrderByDescending(term => Math.Round(term.Value, 9)).ThenBy(term => term.Key, StringComparer.Ordinal).Take(maximumTerms).Select(term => term.Key);

        int ClassOf(int row) => target.ClassNames.IsEmpty ? 0 : (int)labels[row];
    }

    private static IEnumerable<string> Occurrences(RowTransform.CharacterNgrams definition, string text)
    {
        Rune[] runes = [.. (definition.BoundaryMarks ? $"\u0002{text}\u0003" : text).EnumerateRunes()];
        return Enumerable.Range(definition.MinimumLength, definition.MaximumLength - definition.MinimumLength + 1)
            .SelectMany(length => Enumerable.Range(0, Math.Max(0, runes.Length - length + 1)).Select(start => string.Concat(runes[start..(start + length)])));
    }

    private static double[] Shape(string text) =>
    [
        text.EnumerateRunes().Count(), text.Count(character => character == '.'), text.Count(character => character == '-'), text.Count(character => character == '_'),
        text.Count(char.IsAsciiDigit), text.Count("aeiou".Contains), text.Count("bcdfghjklmnpqrstvwxyz".Contains),
    ];

    private double[] Hashed(RowTransform.Hashed hashed, InputValues values, int row)
    {
        double[] buckets = new double[hashed.Buckets];
        if (!values.IsMissing(row))
        {
            buckets[PlainHash.Of(LevelOf(values, row)) % (uint)hashed.Buckets] = 1;
        }

        return buckets;
    }

    private double[] Words(RowTransform.WordNgrams definition, string text)
    {
        string[][] rows = [.. Rows.Select(row => WordsOf(definition, TextOf(training, row)))];
        weighted ??= [.. Chosen(rows, definition.MinimumCount, definition.MaximumTerms)
            .OrderBy(term => term.Split(' ').Length).ThenBy(term => term, StringComparer.Ordinal)
            .Select(term => (term, definition.Weight == TermWeight.Tf ? 1 : Math.Log((1.0 + rows.Length) / (1 + rows.Count(row => row.Contains(term)))) + 1))];
        string[] found = WordsOf(definition, text);
        return [.. weighted.Select(term => term.Weight * found.Count(other => other == term.Term))];
    }

    private static string[] WordsOf(RowTransform.WordNgrams definition, string text)
    {
        string[] words = [.. Regex.Matches(text, "(?:[a-z0-9]|[^\\x00-\\x7f])+").Select(word => word.Value)];
        return [.. Enumerable.Range(definition.MinimumLength, definition.MaximumLength - definition.MinimumLength + 1)
            .SelectMany(length => Enumerable.Range(0, Math.Max(0, words.Length - length + 1)).Select(start => string.Join(' ', words[start..(start + length)])))];
    }

    private double[] Url(RowTransform.Url url, string text)
    {
        urls ??= [.. Rows.Select(row => PlainUrl.Of(TextOf(training, row)))];
        PlainUrl asked = PlainUrl.Of(text);
        string[] hosts = Frequent(urls.Select(seen => seen.Host).Where(host => host.Length > 0), url.MinimumCount, url.MaximumTerms);
        string[] extensions = Frequent(urls.Select(seen => seen.Extension).Where(extension => extension.Length > 0), url.MinimumCount, url.MaximumTerms);
        return [asked.Depth, asked.Parameters, .. hosts.Select(host => host == asked.Host ? 1.0 : 0), .. extensions.Select(extension => extension == asked.Extension ? 1.0 : 0)];
    }

    private double[] TopLevelDomain(RowTransform.TopLevelDomainOneHot domains, string text) =>
        [.. Frequent(Rows.Select(row => TextOf(training, row).Split('.')[^1]), domains.MinimumCount, domains.MaximumTerms).Select(label => text.Split('.')[^1] == label ? 1.0 : 0)];

    private static string[] Frequent(IEnumerable<string> levels, int minimumCount, int maximumTerms) =>
    [
        .. levels.GroupBy(level => level)
            .Where(level => level.Count() >= minimumCount)
            .OrderByDescending(level => level.Count())
            .ThenBy(level => level.Key, StringComparer.Ordinal)
            .Take(maximumTerms)
            .Select(level => level.Key),
    ];

    private string TextOf(InputValues values, int row) =>
        string.Concat((((InputValues.Texts)values).Values[row] ?? "").Select(character => char.IsAscii(character) ? char.ToLowerInvariant(character) : character));

    private double NumberOf(InputValues values, int row) => values switch
    {
        InputValues.Numbers numbers => numbers.Values[row],
        InputValues.Integers integers when integers.IsMissing(row) => double.NaN,
        InputValues.Integers integers => column.Type == InputType.Timestamp ? (float)(integers.Values[row] / 1e6) : (float)integers.Values[row],
        _ => throw new InvalidOperationException("No number."),
    };

    // A missing level sorts before all others.
    private string LevelOf(InputValues values, int row) => values switch
    {
        _ when values.IsMissing(row) => column.Type == InputType.Category ? "\u0001" : "",
        InputValues.Integers integers => integers.Values[row].ToString(CultureInfo.InvariantCulture),
        InputValues.Texts texts when column.Type == InputType.Category => texts.Values[row]!,
        _ => TextOf(values, row),
    };
}
