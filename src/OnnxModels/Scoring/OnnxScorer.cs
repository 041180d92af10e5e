using System.Runtime.InteropServices;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>
/// Scores rows with a shipped graph. The bytes are inspected before ONNX Runtime sees them. Safe for use by several threads at once;
/// dispose it when none of them scores any more.
/// </summary>
public sealed class OnnxScorer : IDisposable
{
    /// <summary>
    /// Property of a model in whose training classes counted otherwise than they come, and whose probabilities are corrected for it: the factor of each
    /// class's weight, with a blank between.
    /// </summary>
    public const string CorrectedFactorsKey = "lifecycle.correctedFactors";

    private const int Ends = 2;

    private readonly RowSession session;

    /// <summary>Loads a model from its bytes.</summary>
    /// <exception cref="InvalidOnnxModelException">The bytes are not a model of this product.</exception>
    public OnnxScorer(ReadOnlyMemory<byte> model, ScorerOptions? options = null)
    {
        session = RowSession.OpenModel(model, options ?? new ScorerOptions());
    }

    /// <summary>The columns that the model reads. A file from before reads one text, <c>input</c>.</summary>
    public InputSchema Schema => session.Rules.Schema;

    /// <summary>What the model answers. A file from before is binary.</summary>
    public Target Target => session.Target;

    /// <summary>What the intervals beside its answers promise; null where it gives none.</summary>
    public IntervalDefinition? Intervals => session.Intervals;

    /// <summary>Which rows the model takes. Check a person's row here before scoring it.</summary>
    public SchemaRules RowRules => session.Rules;

    /// <summary>What the one text of a model that reads one text must be.</summary>
    /// <exception cref="InvalidOperationException">The model reads other columns.</exception>
    public InputRules Rules => InputRules.For(OnlyText);

    /// <summary>The properties that the file carries, such as the model's name.</summary>
    public IReadOnlyDictionary<string, string> Metadata => session.Metadata;

    /// <summary>Whether its probabilities were corrected for the weight that classes had in training.</summary>
    public bool HasTrueShares => Metadata.ContainsKey(CorrectedFactorsKey);

    /// <summary>The answers for rows, in their order; none for none. Columns that the model does not read are left alone.</summary>
    /// <exception cref="RefusedInputException">A row breaks the <see cref="RowRules"/>; the exception names its position.</exception>
    /// <exception cref="ArgumentException">The rows lack a column, or have it in another type: <see cref="SchemaRules.Mismatch(InputSchema)"/>.</exception>
    public Answers Score(InputRows rows) => ScoreWithin(rows).Answers;

    /// <summary>The answers, and the lower and the upper end of each one's interval; otherwise like <see cref="Score(InputRows)"/>.</summary>
    /// <returns>No bounds where the model gives no <see cref="Intervals"/>.</returns>
    public (Answers Answers, Answers? Bounds) ScoreWithin(InputRows rows)
    {
        InputRows matched = session.Rules.Match(rows);
        float[] answers = new float[matched.Count * session.OutputWidth];
        float[]? bounds = Intervals is null ? null : new float[matched.Count * Ends];
        foreach ((int first, int count) in session.Batches(matched.Count))
        {
            using SessionOutput output = session.Run(matched, first, count);
            output.Values.CopyTo(answers.AsSpan(first * session.OutputWidth));
            for (int end = 0; bounds is not null && end < Ends; end++)
            {
                ReadOnlySpan<float> ends = output.ValuesOf(1 + end);
                for (int row = 0; row < count; row++)
                {
                    bounds[((first + row) * Ends) + end] = ends[row];
                }
            }
        }

        return (
            new Answers(session.OutputWidth, ImmutableCollectionsMarshal.AsImmutableArray(answers)),
            bounds is null ? null : new Answers(Ends, ImmutableCollectionsMarshal.AsImmutableArray(bounds)));
    }

    /// <summary>The probability of one text, of a binary model that reads one text.</summary>
    /// <exception cref="RefusedInputException">The text breaks the <see cref="Rules"/>.</exception>
    /// <exception cref="InvalidOperationException">The model reads other columns, or answers something else.</exception>
    public float Score(string input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DemandProbabilityOfText();
        return session.Run(session.Rules.Columns[0].Normalize(input, row: 0));
    }

    /// <summary>The probabilities of many texts, in their order; none for none.</summary>
    /// <exception cref="RefusedInputException">A text breaks the <see cref="Rules"/>; the exception names its position.</exception>
    /// <exception cref="InvalidOperationException">The model reads other columns, or answers something else.</exception>
    public float[] Score(IReadOnlyList<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        DemandProbabilityOfText();
        return [.. Score(InputRows.OfTexts(Schema, inputs)).Values];
    }

    public void Dispose() => session.Dispose();

    private InputColumn OnlyText => Schema.OnlyText
        ?? throw new InvalidOperationException($"The model reads the columns {string.Join(", ", Schema.Columns.Select(column => column.Name))}, not one text; score rows.");

    private void DemandProbabilityOfText()
    {
        _ = OnlyText;
        if (Target.Answer != AnswerForm.Probability)
        {
            throw new InvalidOperationException($"The model answers {Target.Answer}, not one probability; score rows.");
        }
    }
}
