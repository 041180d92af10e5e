using Lifecycle.Training.Trainers;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace Lifecycle.Training.Domains;

/// <summary>Trains one small LightGBM classifier for each fold on the other folds, and scores the fold with it.</summary>
internal static class CrossFit
{
    public static DomainScores Score(DomainSample sample, VBuffer<float>[] features, DomainClassifierOptions options, CancellationToken cancellation)
    {
        Demand(sample, features, options);
        double[] scores = new double[sample.Members.Length];
        MLContext context = new(options.Seed);
        for (int fold = 0; fold < options.Folds; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] held = [.. Rows(sample, member => member.Fold == fold)];
            if (held.Length > 0)
            {
                int[] others = [.. Rows(sample, member => member.Fold != fold)];
                if (Classify(context, View(context, sample, features, others), View(context, sample, features, held), options) is { } scored)
                {
                    Fill(scores, held, scored);
                }
                else
                {
                    double share = (double)others.Count(row => sample.Members[row].IsWindow) / others.Length;
                    Array.ForEach(held, row => scores[row] = share);
                }
            }
        }

        int baseline = sample.Members.Count(member => !member.IsWindow);
        DomainScore[] all = [.. sample.Members.Select((member, i) => new DomainScore(member.Row, scores[i]))];
        return new DomainScores([.. all[..baseline]], [.. all[baseline..]]);
    }

    // Where nothing tells the sides apart, no tree finds a split, and the library cannot hold a tree without one: it throws
    // this very exception while it makes its model. Then the share of the window is all that is known of a row: null.
    private static IDataView? Classify(MLContext context, IDataView rows, IDataView held, DomainClassifierOptions options)
    {
        try
        {
            return context.BinaryClassification.Trainers.LightGbm(Options(options)).Fit(rows).Transform(held);
        }
        catch (ArgumentNullException noSplit) when (noSplit.ParamName == "items")
        {
            return null;
        }
    }

    private static void Demand(DomainSample sample, VBuffer<float>[] features, DomainClassifierOptions options)
    {
        if (features[0].Length == 0 || features.Any(row => row.Length != features[0].Length))
        {
            throw new UntrainableException("the domain classifier's rows differ in their number of figures, or have none; expected the same for every row");
        }

        for (int fold = 0; fold < options.Folds; fold++)
        {
            int baseline = Rows(sample, member => member.Fold != fold && !member.IsWindow).Count();
            int window = Rows(sample, member => member.Fold != fold && member.IsWindow).Count();
            if (baseline == 0 || window == 0)
            {
                throw new UntrainableException(
                    $"the domain classifier has {baseline} baseline rows and {window} window rows outside fold {fold}; expected more keys than these rows have");
            }
        }
    }

    private static IEnumerable<int> Rows(DomainSample sample, Func<DomainMember, bool> belongs) =>
        Enumerable.Range(0, sample.Members.Length).Where(i => belongs(sample.Members[i]));

    private static IDataView View(MLContext context, DomainSample sample, VBuffer<float>[] features, int[] rows)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(FeatureRow));
        schema[FeatureRow.FeaturesColumn].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features[0].Length);
        FeatureRow[] view = [.. rows.Select(row => new FeatureRow { Label = sample.Members[row].IsWindow, Features = features[row] })];
        return context.Data.LoadFromEnumerable(view, schema);
    }

    // A probability of exactly 0 or 1 would have no odds.
    private static void Fill(double[] scores, int[] rows, IDataView scored)
    {
        int next = 0;
        foreach (float probability in scored.GetColumn<float>(FeatureRow.ProbabilityColumn))
        {
            scores[rows[next++]] = Math.Clamp(probability, 1e-6, 1 - 1e-6);
        }
    }

    private static LightGbmBinaryTrainer.Options Options(DomainClassifierOptions options) => new()
    {
        LabelColumnName = nameof(FeatureRow.Label),
        FeatureColumnName = nameof(FeatureRow.Features),
        NumberOfIterations = options.Trees,
        NumberOfLeaves = options.Leaves,
        LearningRate = options.LearningRate,
        MinimumExampleCountPerLeaf = options.MinimumRowsPerLeaf,
        Sigmoid = 1,
        Seed = options.Seed,
        NumberOfThreads = options.Threads,
        Deterministic = true,
        ForceRowWise = true,
        UseCategoricalSplit = false,
        Booster = new GradientBooster.Options { FeatureFraction = options.FigureShare },
    };
}
