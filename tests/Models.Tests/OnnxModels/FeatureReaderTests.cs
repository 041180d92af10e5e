using System.Text;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Models.Tests.OnnxModels;

/// <summary>The compiled graph against a second, plain implementation of what every feature's name says.</summary>
public sealed class FeatureReaderTests
{
    [Fact]
    public void Features_OfHosts_AreWhatTheirNamesSay()
    {
        (string Input, bool Label)[] rows = SyntheticHosts.Generate(1500, seed: 2);
        AssertFeatures(FeatureViews.Fit(rows, FeatureViews.Hosts), [.. rows.Take(1030).Select(row => row.Input)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Features_OfAnyText_AreWhatTheirNamesSay(bool boundaryMarks)
    {
        string[] texts = ["MÜNCHEN und Köln", "İ ẞ ß", "😀😀 ok", "a", ".", "..", " ", "a.b.C-d_9", new string('x', 250), "日本語 テキスト"];
        FeatureView view = FeatureViews.Text(
            new RowTransform.CharacterNgrams { MinimumLength = 1, MaximumLength = 3, MinimumCount = 1, BoundaryMarks = boundaryMarks },
            new RowTransform.ShapeCounts());

        AssertFeatures(FeatureViews.Fit(texts.Select(text => (text, true)), view), texts);
    }

    [Fact]
    public void Features_OfOneRow_DoNotDependOnTheBatch()
    {
        (string Input, bool Label)[] rows = SyntheticHosts.Generate(500, seed: 3);
        FittedFeaturizer fitted = FeatureViews.Fit(rows, FeatureViews.Hosts);
        string[] inputs = [.. rows.Select(row => row.Input)];
        using FeatureReader together = new(fitted.Onnx);
        using FeatureReader alone = new(fitted.Onnx, new ScorerOptions { BatchRows = 1 });

        Assert.Equal(Dense(together, inputs), Dense(alone, inputs));
    }

    [Fact]
    public void Read_NoInputs_GivesNoBatches()
    {
        using FeatureReader reader = new(FeatureViews.Fit(SyntheticHosts.Generate(100, seed: 4), FeatureViews.Hosts).Onnx);

        Assert.Empty(reader.Read(InputRows.OfTexts(reader.Schema, [])));
    }

    private static void AssertFeatures(FittedFeaturizer fitted, string[] inputs)
    {
        using FeatureReader reader = new(fitted.Onnx);
        float[][] found = Dense(reader, inputs);

        Assert.Equal(fitted.FeatureNames.Length, reader.FeatureCount);
        Assert.Equal(inputs.Length, found.Length);
        for (int row = 0; row < inputs.Length; row++)
        {
            Assert.Equal(fitted.FeatureNames.Select(name => Expected(name, inputs[row])), found[row]);
        }
    }

    private static float[][] Dense(FeatureReader reader, string[] inputs) =>
        FeatureViews.Dense(reader.Read(InputRows.OfTexts(reader.Schema, inputs)), reader.FeatureCount);

    private static float Expected(string name, string input)
    {
        string text = string.Concat(input.Select(character => char.IsAscii(character) ? char.ToLowerInvariant(character) : character));
        string[] parts = name.Split(':', 2);
        return parts[0] switch
        {
            "ngram" => Occurrences(parts[1], "␂" + text + "␃"),
            "tld" => text.Split('.')[^1] == parts[1] ? 1 : 0,
            _ => parts[1] switch
            {
                "length" => text.EnumerateRunes().Count(),
                "dots" => text.Count(character => character == '.'),
                "hyphens" => text.Count(character => character == '-'),
                "underscores" => text.Count(character => character == '_'),
                "digits" => text.Count(char.IsAsciiDigit),
                "vowels" => text.Count("aeiou".Contains),
                "consonants" => text.Count("bcdfghjklmnpqrstvwxyz".Contains),
                _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No expectation."),
            },
        };
    }

    private static int Occurrences(string ngram, string text)
    {
        Rune[] wanted = [.. ngram.EnumerateRunes()];
        Rune[] runes = [.. text.EnumerateRunes()];
        return Enumerable.Range(0, Math.Max(0, runes.Length - wanted.Length + 1)).Count(start => runes.AsSpan(start, wanted.Length).SequenceEqual(wanted));
    }
}
