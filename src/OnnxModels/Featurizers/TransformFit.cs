using System.Collections.Immutable;
using Lifecycle.Domain.Models;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>Settles what a transform's features of one column are. The order of the rows does not matter.</summary>
internal static class TransformFit
{
    /// <summary>Fits a transform on the columns of the TrainingSet that it reads, once for each, or once for both.</summary>
    public static IEnumerable<FittedTransform> Fit(RowTransform transform, ImmutableArray<TrainingColumn> columns, TrainingLabels labels) =>
        transform is RowTransform.Cross cross
            ? [FittedCross.Fit(cross, columns[0], columns[1]) with { Columns = [columns[0].Column.Name, columns[1].Column.Name] }]
            : columns.Select(column => Fit(transform, column, labels) with { Columns = [column.Column.Name] });

    private static FittedTransform Fit(RowTransform transform, TrainingColumn column, TrainingLabels labels) => transform switch
    {
        RowTransform.CharacterNgrams ngrams => new CharacterNgramVocabulary(column, [.. NgramFit.Fit(new NgramRule.OfCharacters(ngrams), column, labels).Select(term => term.Ngram)]),
        RowTransform.WordNgrams words => WordNgramVocabulary.Fit(words, column, labels),
        RowTransform.TopLevelDomainOneHot domains => TopLevelDomains.Fit(domains, column),
        RowTransform.ShapeCounts => new ShapeCounts(column),
        RowTransform.Numeric numeric => NumericFit.Fit(numeric, column),
        RowTransform.OneHot oneHot => FittedOneHot.Fit(oneHot, column),
        RowTransform.Frequency frequency => FittedFrequency.Fit(frequency, column),
        RowTransform.TargetEncoding encoding => TargetEncodingFit.Fit(encoding, column, labels),
        RowTransform.Ordinal ordinal => FittedOrdinal.Of(ordinal, column),
        RowTransform.DateParts dates => new FittedDateParts(dates, column.Column),
        RowTransform.Hashed hashed => new FittedHashed(column.Column, hashed.Buckets),
        RowTransform.Url url => FittedUrl.Fit(url, column),
        _ => throw new InvalidFeatureViewException($"'{transform.GetType().Name}' is no transform that compiles to a graph"),
    };
}
