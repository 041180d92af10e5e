using Lifecycle.Domain.Models;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Models.Tests.OnnxModels;

public sealed class FeaturizerFitTests
{
    [Fact]
    public void Fit_RowsInAnotherOrder_GivesTheSameBytes()
    {
        (string, bool)[] rows = SyntheticHosts.Generate(2000, seed: 1);

        byte[] forwards = FeatureViews.Fit(rows, FeatureViews.Hosts).Onnx;
        byte[] backwards = FeatureViews.Fit(rows.Reverse(), FeatureViews.Hosts).Onnx;

        Assert.Equal(forwards, backwards);
    }

    [Fact]
    public void Fit_NgramsBeyondTheLimit_KeepsTheMostFrequentAndBreaksTiesByOrdinal()
    {
        FeatureView view = FeatureViews.Text(Bigrams with { MaximumTerms = 3 });

        FittedFeaturizer fitted = FeatureViews.Fit([("zz", false), ("bbaa", false), ("aa", false)], view);

        Assert.Equal(["ngram:aa", "ngram:ba", "ngram:bb"], fitted.FeatureNames);
    }

    [Fact]
    public void Fit_RareClass_HasItsSayInTheVocabulary()
    {
        // "yy" is in the only positive row, "nn" in 3 of 9 negative ones: frequency 1 against 1/3.
        FeatureView view = FeatureViews.Text(Bigrams with { MaximumTerms = 1 });
        IEnumerable<(string, bool)> rows = Enumerable.Range(0, 9).Select(i => (i < 3 ? "nn" : $"{i}{i}", false)).Append(("yy", true));

        Assert.Equal(["ngram:yy"], FeatureViews.Fit(rows, view).FeatureNames);
    }

    [Fact]
    public void Fit_NgramTwiceInARow_CountsTheRowOnce()
    {
        FeatureView view = FeatureViews.Text(Bigrams with { MinimumCount = 2 }, new RowTransform.ShapeCounts());

        Assert.DoesNotContain("ngram:aa", FeatureViews.Fit([("aaaa", false), ("b", true)], view).FeatureNames);
    }

    [Fact]
    public void Fit_BoundaryMarks_MakeBeginningsAndEndsNgrams()
    {
        FeatureView view = FeatureViews.Text(Bigrams with { BoundaryMarks = true });

        Assert.Equal(["ngram:␂a", "ngram:ab", "ngram:b␃"], FeatureViews.Fit([("ab", true)], view).FeatureNames);
    }

    [Fact]
    public void Fit_RareTopLevelDomains_AreLeftOut()
    {
        FeatureView view = FeatureViews.With(new RowTransform.TopLevelDomainOneHot { MinimumCount = 2, MaximumTerms = 2 });
        IEnumerable<(string, bool)> rows = new[] { "a.de", "b.de", "c.com", "d.com", "e.at", "f.at", "g.at", "h.fr" }.Select(host => (host, true));

        Assert.Equal(["tld:at", "tld:com"], FeatureViews.Fit(rows, view).FeatureNames);
    }

    [Fact]
    public void Fit_NothingFrequentEnough_IsRefused()
    {
        InvalidFeatureViewException refused = Assert.Throws<InvalidFeatureViewException>(() =>
            FeatureViews.Fit([("a.com", true)], FeatureViews.With(new RowTransform.CharacterNgrams())));

        Assert.Contains("1 training rows", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_RowThatBreaksTheRules_IsNamed()
    {
        RefusedInputException refused = Assert.Throws<RefusedInputException>(() =>
            FeatureViews.Fit([("a.com", true), ("localhost", false)], FeatureViews.Hosts));

        Assert.Equal(1, refused.Row);
    }

    [Theory]
    [MemberData(nameof(UnsoundTransforms))]
    public void Fit_UnsoundDefinition_NamesTheField(RowTransform[] transforms, string field)
    {
        InvalidFeatureViewException refused = Assert.Throws<InvalidFeatureViewException>(() =>
            FeatureViews.Fit([("a.com", true)], FeatureViews.With(transforms)));

        Assert.Contains(field, refused.Message, StringComparison.Ordinal);
    }

    public static TheoryData<RowTransform[], string> UnsoundTransforms => new()
    {
        { [], "transforms is empty" },
        { [new RowTransform.ShapeCounts(), new RowTransform.ShapeCounts()], "2 of kind shapeCounts over 'domain'" },
        { [new RowTransform.CharacterNgrams { MinimumLength = 0 }], "'minimumLength' is 0" },
        { [new RowTransform.CharacterNgrams { MaximumLength = 1 }], "'maximumLength' is 1" },
        { [new RowTransform.CharacterNgrams { MaximumLength = 99 }], "'maximumLength' is 99" },
        { [new RowTransform.CharacterNgrams { MaximumTerms = 0 }], "'maximumTerms' is 0" },
        { [new RowTransform.TopLevelDomainOneHot { MaximumTerms = 0 }], "'maximumTerms' is 0" },
        { [new RowTransform.WordNgrams { MinimumLength = 3, MaximumLength = 2 }], "'maximumLength' is 2" },
        { [new RowTransform.WordNgrams { MaximumTerms = 0 }], "'maximumTerms' is 0" },
        { [new RowTransform.Hashed { Buckets = 1 }], "'buckets' is 1" },
        { [new RowTransform.Url()], "a url cannot read 'domain' of type HostName" },
    };

    private static RowTransform.CharacterNgrams Bigrams { get; } =
        new() { MinimumLength = 2, MaximumLength = 2, MinimumCount = 1, BoundaryMarks = false };
}
