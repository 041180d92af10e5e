using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.OnnxModels.Explanations;

/// <summary>
/// Explains a model's answers row by row: features and raw scores come out of the graph that ships, so do the trees or coefficients that are
/// taken apart, and every explanation is added up and held against the raw score. Safe for several threads at once.
/// </summary>
public sealed class ModelExplainer : IDisposable
{
    /// <summary>Features that an explanation names at most.</summary>
    public const int NamedFeatures = 10;

    // Sums of floats against sums of doubles.
    private const double Tolerance = 1e-4;

    private readonly RowSession session;
    private readonly ScoreParts parts;
    private readonly ModelExplanation explanation;
    private readonly ImmutableArray<FeatureSpan> spans;
    private readonly ImmutableArray<ImmutableArray<int>> columns;

    /// <summary>Loads a model.</summary>
    /// <param name="model">Bytes of the graph that ships.</param>
    /// <param name="explanation">Its explanation.</param>
    /// <param name="options">As for scoring.</param>
    /// <exception cref="InvalidOnnxModelException">The bytes are no model of this product, or the explanation is that of another.</exception>
    /// <exception cref="UnexplainableModelException">Models of its kind are not explained.</exception>
    public ModelExplainer(ReadOnlyMemory<byte> model, ModelExplanation explanation, ScorerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        this.explanation = explanation;
        parts = GraphFragments.Read(GraphInspection.Inspect(model, GraphLimits.Default).Graph, explanation);
        session = RowSession.OpenInside(model, explanation.Features.Length, parts.Bases.Count, options ?? new ScorerOptions());
        spans = explanation.SpanOfEach();
        columns = [.. explanation.Columns.SelectMany(span => Enumerable.Repeat(span.All.Select(PlaceOf).ToImmutableArray(), span.Count))];
    }

    /// <summary>Explains rows, in their order.</summary>
    /// <param name="rows">The rows; columns that the model does not read are left alone.</param>
    /// <param name="told">Told how many are done, batch by batch.</param>
    /// <exception cref="RefusedInputException">A row breaks the model's rules; the exception names its position.</exception>
    /// <exception cref="InvalidOnnxModelException">An explanation does not add up to the graph's own score.</exception>
    public ImmutableArray<RowExplanation> Explain(InputRows rows, Action<int>? told = null)
    {
        InputRows matched = session.Rules.Match(rows);
        RowExplanation[] explained = new RowExplanation[matched.Count];
        foreach ((int first, int count) in session.Batches(matched.Count))
        {
            using SessionOutput output = session.Run(matched, first, count);
            float[] features = output.Values.ToArray();
            float[] scores = output.ValuesOf(1).ToArray();
            int width = explanation.Features.Length;
            try
            {
                Parallel.For(0, count, row => explained[first + row] = Explain(
                    features.AsSpan(row * width, width), scores.AsSpan(row * parts.Bases.Count, parts.Bases.Count)));
            }
            catch (AggregateException several)
            {
                ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
            }

            told?.Invoke(first + count);
        }

        return ImmutableArray.Create(explained);
    }

    /// <summary>Releases the model.</summary>
    public void Dispose() => session.Dispose();

    private int PlaceOf(string column) => session.Rules.Schema.IndexOf(column) is >= 0 and var place
        ? place
        : throw new InvalidOnnxModelException($"its explanation tells of the column '{column}', which the model does not read; they are not of the same model");

    private RowExplanation Explain(ReadOnlySpan<float> row, ReadOnlySpan<float> scores)
    {
        double[] contributions = new double[row.Length * scores.Length];
        parts.Add(row, contributions);
        ImmutableArray<ScoreExplanation>.Builder explained = ImmutableArray.CreateBuilder<ScoreExplanation>(scores.Length);
        for (int score = 0; score < scores.Length; score++)
        {
            explained.Add(Explain(row, score, scores[score], contributions.AsSpan(score * row.Length, row.Length)));
        }

        return new RowExplanation(explanation.Scale, explained.MoveToImmutable());
    }

    private ScoreExplanation Explain(ReadOnlySpan<float> row, int position, float score, ReadOnlySpan<double> contributions)
    {
        double[] sums = new double[session.Rules.Schema.Columns.Length];
        double size = 1;
        for (int feature = 0; feature < contributions.Length; feature++)
        {
            foreach (int column in columns[feature])
            {
                sums[column] += contributions[feature] / columns[feature].Length;
            }

            size += Math.Abs(contributions[feature]);
        }

        double total = parts.Bases[position] + sums.Sum();
        if (!(Math.Abs(total - score) <= Tolerance * Math.Max(size, Math.Abs(score))))
        {
            throw new InvalidOnnxModelException(string.Create(
                CultureInfo.InvariantCulture, $"an explanation adds up to {total:R}, and the graph's score is {score:R}; the explanation is not that of this model"));
        }

        ImmutableArray<string> classes = session.Target.Answer == AnswerForm.Probabilities ? session.Target.ClassNames : [];
        return new ScoreExplanation(
            classes.IsEmpty ? null : classes[position], score, parts.Bases[position],
            [.. session.Rules.Schema.Columns.Select((column, i) => new ColumnContribution(column.Name, sums[i]))],
            Largest(row, contributions));
    }

    private ImmutableArray<FeatureContribution> Largest(ReadOnlySpan<float> row, ReadOnlySpan<double> contributions)
    {
        List<(int Feature, double Contribution)> some = [];
        for (int feature = 0; feature < contributions.Length; feature++)
        {
            if (contributions[feature] != 0)
            {
                some.Add((feature, contributions[feature]));
            }
        }

        ImmutableArray<FeatureContribution>.Builder named = ImmutableArray.CreateBuilder<FeatureContribution>(NamedFeatures);
        foreach ((int feature, double contribution) in some.OrderByDescending(found => Math.Abs(found.Contribution)).ThenBy(found => found.Feature).Take(NamedFeatures))
        {
            named.Add(new FeatureContribution(
                explanation.Features[feature], spans[feature].Title, float.IsNaN(row[feature]) ? null : row[feature], contribution));
        }

        return named.ToImmutable();
    }
}
