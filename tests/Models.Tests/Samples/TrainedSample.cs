using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Samples;

/// <summary>
/// The repository's disposable-domain model trained on its real snapshot 2019-12, from packages to ONNX, once for all tests of a class.
/// </summary>
public sealed class TrainedSample : IAsyncLifetime
{
    private RealTraining made = null!;

    public RowSet Holdout => made.Holdout;

    public ImmutableArray<string> HoldoutTexts => [.. ((InputValues.Texts)made.Holdout.Inputs.Columns[0]).Values.OfType<string>()];

    public byte[] Featurizer => made.Featurizer;

    public TrainedModel Trained => made.Trained;

    public byte[] Onnx => made.Onnx;

    public async ValueTask InitializeAsync() => made = await RealTraining.OfAsync("disposable-domain", "2019-12", TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
