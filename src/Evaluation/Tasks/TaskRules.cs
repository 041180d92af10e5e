using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Curves;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Tasks;

/// <summary>What was measured of a model on a slice.</summary>
/// <param name="Figures">The figures by name; what means nothing on the rows is left out.</param>
/// <param name="Curves">What is drawn; null where the rows allow nothing.</param>
/// <param name="Calibration">Evidence for the gate; empty where the rows allow none.</param>
public sealed record TaskMeasurement(
    ImmutableSortedDictionary<string, double> Figures, SliceCurves? Curves, ImmutableArray<CalibrationEvidence> Calibration);

/// <summary>
/// What evaluation asks of a target: which figures are reported, in which order, and what is drawn. One file a target; whoever adds a
/// kind of target adds its rules to <see cref="Add"/> where the program is composed.
/// </summary>
public abstract class TaskRules
{
    private static ImmutableDictionary<Type, TaskRules> all = ImmutableDictionary<Type, TaskRules>.Empty
        .Add(typeof(Target.Binary), new BinaryRules())
        .Add(typeof(Target.Multiclass), new MulticlassRules())
        .Add(typeof(Target.Regression), new RegressionRules());

    /// <summary>The figures, in the order in which people read them.</summary>
    public abstract ImmutableArray<Figure> Figures { get; }

    /// <summary>The figures of one target, for rules whose target asks for more of them by what it says.</summary>
    public virtual ImmutableArray<Figure> FiguresOf(Target target) => Figures;

    /// <summary>Measures a model on a slice.</summary>
    public abstract TaskMeasurement Measure(SliceAnswers answers);

    /// <summary>Adds the rules of a kind of target.</summary>
    public static void Add<TTarget>(TaskRules rules)
        where TTarget : Target => ImmutableInterlocked.Update(ref all, known => known.SetItem(typeof(TTarget), rules));

    /// <summary>The rules of a target.</summary>
    /// <exception cref="InvalidOperationException">Nobody added rules for its kind.</exception>
    public static TaskRules Of(Target target) => all.TryGetValue(target.GetType(), out TaskRules? rules)
        ? rules
        : throw new InvalidOperationException($"There are no task rules for {target.GetType().Name}, a kind of target; add them where the program is composed.");

    /// <summary>Figures by name, without those that mean nothing.</summary>
    protected static ImmutableSortedDictionary<string, double> Named(params ReadOnlySpan<(string Name, double? Value)> figures)
    {
        ImmutableSortedDictionary<string, double>.Builder named = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach ((string name, double? value) in figures)
        {
            if (value is { } number)
            {
                named.Add(name, number);
            }
        }

        return named.ToImmutable();
    }

    /// <summary>How the probabilities of each class agree with its shares, class against rest; for targets that answer with a probability of each.</summary>
    protected static ImmutableArray<CalibrationEvidence> CalibrationByClass(SliceAnswers answers) =>
        CalibrationByClass(ClassMeasurement.Of(answers), answers.Loss);

    private protected static ImmutableArray<CalibrationEvidence> CalibrationByClass(ImmutableArray<ClassMeasurement> classes, Loss loss) =>
        Metrics.ObservedCalibration.Judged([.. classes.Select(found => found.Calibration)], loss.Elicits);

    /// <summary>Mean log loss over the rows, or over the classes' means.</summary>
    protected static double MeanLogLoss(SliceAnswers answers, bool isBalanced)
    {
        int strata = isBalanced ? answers.Target.ClassNames.Length : 1;
        double[] sums = new double[strata];
        double[] weights = new double[strata];
        for (int i = 0; i < answers.Count; i++)
        {
            int label = (int)answers.LabelOf(i);
            sums[isBalanced ? label : 0] += answers.WeightOf(i) * LogLoss.Of(Answers.ProbabilityOf(answers.AnswerOf(i), label));
            weights[isBalanced ? label : 0] += answers.WeightOf(i);
        }

        return Metrics.StrataMean.Of(sums, weights);
    }
}
