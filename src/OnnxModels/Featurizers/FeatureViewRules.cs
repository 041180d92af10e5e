using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>What a feature view must say before it can be fitted.</summary>
internal static class FeatureViewRules
{
    // ngram_counts of the operator grows with it, and no useful vocabulary has longer terms.
    private const int LongestNgram = 16;

    public static void Demand(FeatureView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        InputSchema schema = view.Schema;
        Demand(!schema.Columns.IsEmpty, "it has no inputs; expected at least one column");
        foreach (InputColumn column in schema.Columns)
        {
            Demand(column, schema);
        }

        Demand(!view.Transforms.IsDefaultOrEmpty, "transforms is empty; expected at least one");
        HashSet<(Type Kind, string Column)> seen = [];
        foreach (RowTransform transform in view.Transforms)
        {
            string name = RowTransform.Kinds.NameOf(transform);
            InputColumn[] columns = [.. ColumnsOf(transform, schema)];
            foreach (InputColumn column in columns)
            {
                Demand(transform.Reads.Contains(column.Type), $"a {name} cannot read '{column.Name}' of type {column.Type}; expected {string.Join(", ", transform.Reads)}");
                Demand(transform.ReadsPair || seen.Add((transform.GetType(), column.Name)), $"transforms holds 2 of kind {name} over '{column.Name}'; expected one of a kind for a column");
            }

            Demand(!transform.ReadsPair || (columns.Length == 2 && columns[0] != columns[1]), $"a {name} reads {string.Join(", ", columns.Select(column => $"'{column.Name}'"))}; expected two different inputs");
            Demand(
                !transform.ReadsPair || seen.Add((transform.GetType(), string.Join('/', columns.Select(column => column.Name).Order(StringComparer.Ordinal)))),
                $"transforms holds 2 of kind {name} over the same two inputs; expected one");
            Demand(transform);
        }
    }

    private static void Demand(InputColumn column, InputSchema schema)
    {
        Demand(column.Name.Length > 0 && !column.Name.Contains('/'), $"a column is called '{column.Name}'; expected a name without '/', which names of the graph's nodes have");
        Demand(!GraphNames.Outputs.Contains(column.Name), $"a column is called '{column.Name}', as an output of the graph is; rename it in the SQL");
        Demand(column.MaximumBytes > 0, $"maximumBytes of '{column.Name}' is {column.MaximumBytes}; expected at least 1");
        Demand(schema.Columns.Count(other => other.Name == column.Name) == 1, $"two columns are called '{column.Name}'");
        Demand(
            !GraphSignature.HasPresence(column) || schema.IndexOf(column.Name + GraphSignature.PresenceSuffix) < 0,
            $"a column is called '{column.Name}{GraphSignature.PresenceSuffix}', as the input that says whether '{column.Name}' is there; rename it in the SQL");
    }

    private static IEnumerable<InputColumn> ColumnsOf(RowTransform transform, InputSchema schema)
    {
        string name = RowTransform.Kinds.NameOf(transform);
        string columns = string.Join(", ", schema.Columns.Select(column => column.Name));
        if (transform.Inputs.IsDefaultOrEmpty)
        {
            return [schema.OnlyText ?? throw new InvalidFeatureViewException($"a {name} has no inputs; name those that it reads, of {columns}")];
        }

        return transform.Inputs.Select(input => schema.IndexOf(input) is var index and >= 0
            ? schema.Columns[index]
            : throw new InvalidFeatureViewException($"a {name} reads '{input}', which is no input; expected one of {columns}"));
    }

    private static void Demand(RowTransform transform)
    {
        switch (transform)
        {
            case RowTransform.CharacterNgrams ngrams:
                Demand(new NgramRule.OfCharacters(ngrams));
                break;
            case RowTransform.WordNgrams words:
                Demand(new NgramRule.OfWords(words));
                break;
            case RowTransform.Hashed { Buckets: < 2 and var buckets }:
                throw new InvalidFeatureViewException($"buckets is {buckets}; expected at least 2");
            case RowTransform.Url { MaximumTerms: < 1 and var terms }:
                throw new InvalidFeatureViewException($"maximumTerms is {terms}; expected at least 1");
            case RowTransform.TopLevelDomainOneHot { MaximumTerms: < 1 and var terms }:
                throw new InvalidFeatureViewException($"maximumTerms is {terms}; expected at least 1");
            case RowTransform.OneHot { MaximumTerms: < 1 and var terms }:
                throw new InvalidFeatureViewException($"maximumTerms is {terms}; expected at least 1");
            case RowTransform.Cross { MaximumTerms: < 1 and var terms }:
                throw new InvalidFeatureViewException($"maximumTerms is {terms}; expected at least 1");
            case RowTransform.Frequency { MaximumTerms: < 1 and var terms }:
                throw new InvalidFeatureViewException($"maximumTerms is {terms}; expected at least 1");
            case RowTransform.TargetEncoding encoding:
                Demand(encoding.MaximumTerms >= 1, $"maximumTerms is {encoding.MaximumTerms}; expected at least 1");
                Demand(encoding.Smoothing >= 0 && double.IsFinite(encoding.Smoothing), $"smoothing is {encoding.Smoothing}; expected a number of at least 0");
                break;
            case RowTransform.Numeric numeric:
                Demand(numeric);
                break;
            case RowTransform.DateParts dates:
                Demand(!dates.Parts.IsDefaultOrEmpty, "parts is empty; expected at least one");
                Demand(!(dates.Cyclic && dates.Parts.Contains(DatePart.Year)), "a year has no cycle; take it in a model without 'cyclic', or leave it out");
                break;
        }
    }

    private static void Demand(NgramRule ngrams)
    {
        Demand(ngrams.MinimumLength >= 1, $"minimumLength is {ngrams.MinimumLength}; expected at least 1");
        Demand(ngrams.MaximumLength >= ngrams.MinimumLength, $"maximumLength is {ngrams.MaximumLength}; expected at least minimumLength, {ngrams.MinimumLength}");
        Demand(ngrams.MaximumLength <= LongestNgram, $"maximumLength is {ngrams.MaximumLength}; expected at most {LongestNgram}");
        Demand(ngrams.MaximumTerms >= 1, $"maximumTerms is {ngrams.MaximumTerms}; expected at least 1");
    }

    private static void Demand(RowTransform.Numeric numeric)
    {
        Demand(numeric.Bins is null or >= 2, $"bins is {numeric.Bins}; expected at least 2");
        Demand(numeric.Bins is null || !(numeric.Log1p || numeric.Standardise), "bins stands beside log1p or standardise; the bin's number takes the value's place, so leave those away");
        Demand(!(numeric.Minimum > numeric.Maximum), $"maximum is {numeric.Maximum}; expected at least minimum, {numeric.Minimum}");
        Demand(float.IsFinite((float)numeric.Constant), $"constant is {numeric.Constant}; expected a number that a float can hold");
    }

    private static void Demand(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidFeatureViewException(message);
        }
    }
}
