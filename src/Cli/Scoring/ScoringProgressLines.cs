using System.Globalization;
using Lifecycle.Domain.Scoring;

namespace Lifecycle.Cli.Scoring;

/// <summary>Tells how far a batch has come: when it is planned, and then every tenth of its partitions.</summary>
/// <param name="tell">Writes a line.</param>
internal sealed class ScoringProgressLines(Action<string> tell)
{
    private int toldTenths = -1;

    /// <summary>Looks at a state of the batch.</summary>
    public void See(ScoringState state)
    {
        if (state.Progress is not { Plan.PartitionCount: > 0 } progress)
        {
            return;
        }

        int tenths = 10 * progress.DoneCount / progress.Plan.PartitionCount;
        if (tenths > toldTenths)
        {
            toldTenths = tenths;
            tell(string.Create(
                CultureInfo.InvariantCulture,
                $"{state.Model}: batch {state.Key}, {progress.DoneCount:N0} of {progress.Plan.PartitionCount:N0} partitions, {progress.RowCount:N0} of {progress.Plan.RowCount:N0} rows"));
        }
    }
}
