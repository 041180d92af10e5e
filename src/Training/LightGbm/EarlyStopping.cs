using System.Globalization;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.LightGbm;

/// <summary>Watches the loss of the validation rows, round by round.</summary>
/// <param name="patience">Rounds without a smaller loss after which it is enough.</param>
internal sealed class EarlyStopping(int patience)
{
    private double smallest = double.PositiveInfinity;

    /// <summary>The round with the smallest loss, the first of several, counted from 1; null before any was seen.</summary>
    public int? Best { get; private set; }

    /// <summary>Takes note of a round's loss and says whether it was the last.</summary>
    /// <exception cref="UntrainableException">The loss is not a number.</exception>
    public bool IsDone(int round, double loss)
    {
        UntrainableException.ThrowUnless(!double.IsNaN(loss), string.Create(
            CultureInfo.InvariantCulture, $"the loss of the validation rows is NaN after {round} trees; expected labels and weights that it can be computed of"));
        if (loss < smallest || Best is null)
        {
            (smallest, Best) = (loss, round);
        }

        return round - Best >= patience;
    }
}
