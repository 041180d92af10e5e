using System.Collections.Immutable;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Curves;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>Rows by the class that they are of and the likeliest class that the model gives them, by weight.</summary>
internal sealed class Confusion
{
    private readonly double[,] weights;

    public Confusion(SliceAnswers answers)
    {
        Classes = answers.Target.ClassNames.Length;
        weights = new double[Classes, Classes];
        for (int i = 0; i < answers.Count; i++)
        {
            ReadOnlySpan<float> answer = answers.AnswerOf(i);
            int label = (int)answers.LabelOf(i);
            int likeliest = Prediction.OfClasses.LikeliestOf(answer);
            weights[label, likeliest] += answers.WeightOf(i);
            TopTwo += RankOf(answer, label) < 2 ? answers.WeightOf(i) : 0;
        }

        TopTwo /= answers.Weight;
        Accuracy = Enumerable.Range(0, Classes).Sum(position => weights[position, position]) / answers.Weight;
    }

    public int Classes { get; }

    /// <summary>Share of rows whose class is the likeliest.</summary>
    public double Accuracy { get; }

    /// <summary>Share of rows whose class is among the two likeliest.</summary>
    public double TopTwo { get; }

    /// <summary>Mean over the classes that occur of F1, the harmonic mean of precision and recall.</summary>
    public double MacroF1 => Enumerable.Range(0, Classes).Where(position => Seen(position) > 0)
        .Average(position => 2 * weights[position, position] / (Seen(position) + Answered(position)));

    /// <summary>How well one class is found.</summary>
    public ClassFigures FiguresOf(string name, int position, double? areaUnderCurve)
    {
        double right = weights[position, position];
        double seen = Seen(position);
        double answered = Answered(position);
        return new ClassFigures(name, ShareOf(right, answered), ShareOf(right, seen), ShareOf(2 * right, seen + answered), areaUnderCurve);
    }

    /// <summary>For each class that rows are of, the weight answered with each class.</summary>
    public ImmutableArray<ImmutableArray<double>> ToRows() =>
        [.. Enumerable.Range(0, Classes).Select(label => Enumerable.Range(0, Classes).Select(answer => weights[label, answer]).ToImmutableArray())];

    private static double? ShareOf(double part, double whole) => whole > 0 ? part / whole : null;

    private double Seen(int label) => Enumerable.Range(0, Classes).Sum(answer => weights[label, answer]);

    private double Answered(int answer) => Enumerable.Range(0, Classes).Sum(label => weights[label, answer]);

    private static int RankOf(ReadOnlySpan<float> answer, int label)
    {
        int above = 0;
        for (int position = 0; position < answer.Length; position++)
        {
            above += answer[position] > answer[label] || (answer[position] == answer[label] && position < label) ? 1 : 0;
        }

        return above;
    }
}
