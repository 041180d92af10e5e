using Lifecycle.Domain.Models;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>What a feature view must say before it can be fitted.</summary>
internal static class FeatureViewRules
{
    // ngram_counts of the operator grows with it, and no useful vocabulary has longer terms.
    private const int LongestNgram = 16;

    public static void Demand(FeatureView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        Demand(view.MaximumInputBytes > 0, $"maximumInputBytes is {view.MaximumInputBytes}; expected at least 1");
        Demand(!view.Transforms.IsDefaultOrEmpty, "transforms is empty; expected at least one");
        foreach (IGrouping<Type, RowTransform> kind in view.Transforms.GroupBy(transform => transform.GetType()))
        {
            Demand(kind.Count() == 1, $"transforms holds {kind.Count()} of kind {kind.Key.Name}; expected one of a kind");
        }

        foreach (RowTransform transform in view.Transforms)
        {
            Demand(transform);
        }
    }

    private static void Demand(RowTransform transform)
    {
        if (transform is RowTransform.CharacterNgrams ngrams)
        {
            Demand(ngrams.MinimumLength >= 1, $"minimumLength is {ngrams.MinimumLength}; expected at least 1");
            Demand(ngrams.MaximumLength >= ngrams.MinimumLength, $"maximumLength is {ngrams.MaximumLength}; expected at least minimumLength, {ngrams.MinimumLength}");
            Demand(ngrams.MaximumLength <= LongestNgram, $"maximumLength is {ngrams.MaximumLength}; expected at most {LongestNgram}");
            Demand(ngrams.MaximumTerms >= 1, $"maximumTerms is {ngrams.MaximumTerms}; expected at least 1");
        }
        else if (transform is RowTransform.TopLevelDomainOneHot domains)
        {
            Demand(domains.MaximumTerms >= 1, $"maximumTerms is {domains.MaximumTerms}; expected at least 1");
        }
    }

    private static void Demand(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidFeatureViewException(message);
        }
    }
}
