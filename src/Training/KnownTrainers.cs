using Lifecycle.Training.FastTree;
using Lifecycle.Training.LightGbm;
using Lifecycle.Training.Linear;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training;

/// <summary>The composition list of trainers: what is added here can be named by a definition, whose kind is added in the Domain.</summary>
public static class KnownTrainers
{
    /// <summary>The product's trainers, and what a program added before it trained.</summary>
    public static TrainerList All { get; } = new TrainerList().Add(new LightGbmTrainer()).Add(new FastTreeTrainer()).Add(new LinearTrainer());
}
