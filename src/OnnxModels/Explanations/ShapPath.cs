namespace Lifecycle.OnnxModels.Explanations;

/// <summary>
/// The features on the way from a tree's root to a node, each once, with the weights of all numbers of known ones among them: the bookkeeping
/// of tree SHAP (Lundberg, Erion and Lee 2018, algorithm 2: EXTEND and UNWIND). Room for every depth is kept, so that nothing is allocated on
/// the way.
/// </summary>
/// <param name="deepest">Splits between the root and a leaf, at most.</param>
internal sealed class ShapPath(int deepest)
{
    private readonly Step[] steps = new Step[(deepest + 2) * (deepest + 3) / 2];

    /// <summary>One feature on the way.</summary>
    /// <param name="Feature">The feature; -1 at the root.</param>
    /// <param name="Unknown">The share of training rows that take this way where the feature is not known.</param>
    /// <param name="Known">1 where the row itself takes this way, else 0.</param>
    /// <param name="Weight">Weight of the subsets with as many known features as this step's place.</param>
    public record struct Step(int Feature, double Unknown, double Known, double Weight);

    /// <summary>The first <paramref name="length"/> steps at a depth.</summary>
    public Span<Step> At(int depth, int length) => steps.AsSpan(depth * (depth + 1) / 2, length);

    /// <summary>Adds a feature to the way; its place is the last one.</summary>
    public static void Extend(Span<Step> path, double unknown, double known, int feature)
    {
        int last = path.Length - 1;
        path[last] = new Step(feature, unknown, known, last == 0 ? 1 : 0);
        for (int i = last - 1; i >= 0; i--)
        {
            path[i + 1].Weight += known * path[i].Weight * (i + 1) / (last + 1);
            path[i].Weight = unknown * path[i].Weight * (last - i) / (last + 1);
        }
    }

    /// <summary>Takes a feature off the way again, which is one step shorter afterwards.</summary>
    public static void Unwind(Span<Step> path, int at)
    {
        int last = path.Length - 1;
        (_, double unknown, double known, _) = path[at];
        double next = path[last].Weight;
        for (int i = last - 1; i >= 0; i--)
        {
            if (known != 0)
            {
                double before = path[i].Weight;
                path[i].Weight = next * (last + 1) / ((i + 1) * known);
                next = before - (path[i].Weight * unknown * (last - i) / (last + 1));
            }
            else
            {
                path[i].Weight = path[i].Weight * (last + 1) / (unknown * (last - i));
            }
        }

        for (int i = at; i < last; i++)
        {
            path[i] = path[i + 1] with { Weight = path[i].Weight };
        }
    }

    /// <summary>The sum of the weights that there would be without a feature.</summary>
    public static double WeightWithout(ReadOnlySpan<Step> path, int at)
    {
        int last = path.Length - 1;
        (_, double unknown, double known, _) = path[at];
        double next = path[last].Weight;
        double sum = 0;
        for (int i = last - 1; i >= 0; i--)
        {
            if (known != 0)
            {
                double weight = next * (last + 1) / ((i + 1) * known);
                sum += weight;
                next = path[i].Weight - (weight * unknown * (last - i) / (last + 1));
            }
            else
            {
                sum += path[i].Weight * (last + 1) / (unknown * (last - i));
            }
        }

        return sum;
    }
}
