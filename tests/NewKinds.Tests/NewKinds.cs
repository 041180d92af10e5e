using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Evaluation.Tasks;
using Lifecycle.Training;

namespace Lifecycle.NewKinds.Tests;

/// <summary>The composition: all that a program does to know a new kind of target and a new trainer.</summary>
internal static class NewKinds
{
    public static void Add()
    {
        Target.Kinds.Add<Ordinal>("ordinal");
        TaskRules.Add<Ordinal>(new OrdinalRules());
        TrainerDefinition.Kinds.Add<Constant>("constant");
        KnownTrainers.All.Add(new ConstantTrainer());
    }
}
