using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Models.Tests.OnnxModels;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.Training.LightGbm;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

/// <summary>A trainer that the product does not know is one class and two lines that add it.</summary>
public sealed class TrainerListTests
{
    private static readonly TrainerList Trainers = new TrainerList().Add(new LightGbmTrainer()).Add(new ConstantTrainer());

    static TrainerListTests()
    {
        TrainerDefinition.Kinds.Add<ConstantDefinition>("constant");
        ModelFragment.Kinds.Add<ConstantScores>("constant");
    }

    public static TheoryData<Target> Targets => [new Target.Binary(), new Target.Multiclass { Classes = ["a", "b", "c"] }, new Target.Regression()];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Trainer_FromOutside_TrainsSavesExportsAndKeepsParity(Target target)
    {
        TrainerDefinition definition = JsonSerializer.Deserialize<TrainerDefinition>("""{"type":"constant","seed":3}""", DomainJson.Compact)!;
        float[][] rows = Tables.Features(80, seed: 1, holes: true);
        double[] labels = [.. rows.Select((_, row) => target.Width == 1 ? row % 2 : row % 4 == 3 ? 2.0 : row % 2)];
        TrainedModel model = new ModelTraining(Trainers, TimeProvider.System).Train(new TrainingOrder(target, definition, Tables.Rows(rows, labels)));

        ModelFragment fragment = FragmentDocument.Read(FragmentDocument.Write(model.Fragment));
        using INativeModel native = Trainers.For(model.Trainer).Load(model.NativeModel);
        Answers answers = FragmentGraphs.Run(fragment, target, rows);

        Assert.True(ParityCheck.Compare(native.Predict(Tables.Batches(rows)), answers, fragment.Link.Parity).Holds);
        Assert.Equal(target.Width, answers.Width);
        Assert.Equal(0.5f, answers.Values[0]);
    }

    [Fact]
    public void Trainers_OfOneDefinition_AreOne()
    {
        Assert.Same(Trainers.For(new ConstantDefinition()), new TrainerList().Add(Trainers.For(new ConstantDefinition())).Add(new ConstantTrainer()).For(new ConstantDefinition()));
        Assert.Contains("ConstantDefinition has no trainer", Assert.Throws<InvalidOperationException>(() => new TrainerList().For(new ConstantDefinition())).Message, StringComparison.Ordinal);
    }
}
