using System.Globalization;
using System.Text.RegularExpressions;

namespace Lifecycle.Domain.Evaluation.Losses;

/// <summary>Reads losses from text: a name, and for some of them one number in brackets.</summary>
internal static partial class LossText
{
    private const string Names = "absolute, squared, huber(δ), pinball(α), poisson, gamma, tweedie(p), logLoss, balancedLogLoss";

    private static readonly Dictionary<string, Func<Loss>> Plain = new(StringComparer.Ordinal)
    {
        ["absolute"] = () => new AbsoluteLoss(),
        ["squared"] = () => new SquaredLoss(),
        ["poisson"] = () => new PoissonLoss(),
        ["gamma"] = () => new GammaLoss(),
        ["logLoss"] = () => new LogLoss(isBalanced: false),
        ["balancedLogLoss"] = () => new LogLoss(isBalanced: true),
    };

    private static readonly Dictionary<string, (string Expected, Func<double, bool> IsIn, Func<double, Loss> Make)> Parametric = new(StringComparer.Ordinal)
    {
        ["huber"] = ("a δ above 0, such as huber(1)", delta => delta is > 0 and < double.PositiveInfinity, delta => new HuberLoss(delta)),
        ["pinball"] = ("an α between 0 and 1, such as pinball(0.9)", alpha => alpha is > 0 and < 1, alpha => new PinballLoss(alpha)),
        ["tweedie"] = ("a p between 1 and 2, such as tweedie(1.5)", power => power is > 1 and < 2, power => new TweedieLoss(power)),
    };

    public static (Loss? Loss, string? Problem) Read(string text)
    {
        Match match = Form().Match(text);
        string name = match.Groups["name"].Value;
        bool hasParameter = match.Groups["parameter"].Success;
        if (match.Success && !hasParameter && Plain.TryGetValue(name, out Func<Loss>? make))
        {
            return (make(), null);
        }

        if (match.Success && Parametric.TryGetValue(name, out var kind))
        {
            return double.TryParse(match.Groups["parameter"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double parameter) && kind.IsIn(parameter)
                ? (kind.Make(parameter), null)
                : (null, $"'{text}' is no loss: {name} asks for {kind.Expected}");
        }

        return (null, hasParameter && Plain.ContainsKey(name) ? $"'{text}' is no loss: {name} takes no number" : $"'{text}' is no loss; expected one of {Names}");
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z]+)(?:\((?<parameter>[^()]*)\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
