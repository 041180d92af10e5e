using Lifecycle.Domain.Schemas;

namespace Lifecycle.GateErrors;

/// <summary>Rows of one target, drawn from a truth that is known.</summary>
/// <param name="Loss">The loss that decides.</param>
/// <param name="Target">What is predicted.</param>
/// <param name="Blur">Standard deviation of a model's error, on the scale of the truth.</param>
/// <param name="Truth">The truth of a row: log odds, or the value. Given what its cluster shares.</param>
/// <param name="Label">A label drawn from it.</param>
/// <param name="Answer">What a model says that takes this for the truth.</param>
internal sealed record Scenario(
    string Loss, Target Target, double Blur, Func<Draws, double, double[]> Truth, Func<Draws, double[], double> Label, Func<double[], float[]> Answer)
{
    private const double ShareOfAmounts = 0.3;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new(
            "balancedLogLoss", new Target.Binary(), 0.5,
            (draws, shared) => [-1 + shared + draws.Normal()],
            (draws, truth) => draws.Uniform() < Sigmoid(truth[0]) ? 1 : 0,
            truth => [(float)Sigmoid(truth[0])]),
        new(
            "logLoss", new Target.Multiclass { Classes = ["None", "Minor", "Medium", "Substantial"] }, 0.5,
            (draws, shared) => [3, 1 + shared + draws.Normal(), -0.5 + draws.Normal(), shared + draws.Normal()],
            (draws, truth) => Drawn(Softmax(truth), draws.Uniform()),
            truth => [.. Softmax(truth).Select(probability => (float)probability)]),
        Number("absolute", (draws, truth) => truth + (3 * draws.Normal())),
        Number("squared", (draws, truth) => truth + (3 * (draws.Exponential() - 1))),
        new(
            "tweedie(1.5)", new Target.Regression(), 0.5,
            (draws, shared) => [(0.5 * shared) + (0.7 * draws.Normal())],
            (draws, truth) => draws.Uniform() < ShareOfAmounts ? Math.Exp(truth[0]) / ShareOfAmounts * draws.Exponential() : 0,
            truth => [(float)Math.Exp(truth[0])]),
    ];

    private static Scenario Number(string loss, Func<Draws, double, double> label) => new(
        loss, new Target.Regression(), 1, (draws, shared) => [20 + (2 * shared) + (4 * draws.Normal())], (draws, truth) => label(draws, truth[0]), truth => [(float)truth[0]]);

    private static double Sigmoid(double odds) => 1 / (1 + Math.Exp(-odds));

    private static double[] Softmax(double[] odds)
    {
        double sum = odds.Sum(Math.Exp);
        return [.. odds.Select(one => Math.Exp(one) / sum)];
    }

    private static double Drawn(double[] probabilities, double uniform)
    {
        int position = 0;
        for (double passed = probabilities[0]; uniform >= passed && position < probabilities.Length - 1; passed += probabilities[position])
        {
            position++;
        }

        return position;
    }
}
