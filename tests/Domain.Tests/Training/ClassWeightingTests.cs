using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Tests.Training;

public sealed class ClassWeightingTests
{
    private static readonly Target Damage = new Target.Multiclass { Classes = ["None", "Minor", "Severe"] };
    private static readonly TrainerDefinition Weighed = new TrainerDefinition.LightGbm { BalanceClasses = false, ClassWeights = ImmutableSortedDictionary<string, double>.Empty.Add("Severe", 4).Add("None", 0.5) };

    [Fact]
    public void Apply_Weights_MultipliesThoseOfTheRows()
    {
        RowSet rows = new() { Inputs = new InputRows(new InputSchema([]), []), Labels = [2, 0, 1] };

        Assert.Equal([4, 0.5, 1], ClassWeighting.Apply(Weighed, Damage, rows).Weights);
        Assert.Equal([8, 1.5, 5], ClassWeighting.Apply(Weighed, Damage, rows with { Weights = [2, 3, 5] }).Weights);
        Assert.Same(rows, ClassWeighting.Apply(new TrainerDefinition.LightGbm(), Damage, rows));
    }

    [Fact]
    public void SharesAfter_Weights_AreWhatTheModelTakesForGranted()
    {
        ImmutableArray<double> after = ClassWeighting.SharesAfter(Weighed, Damage, [0.6, 0.3, 0.1]);

        Assert.Equal([0.3, 0.3, 0.4], after, (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.Equal([0.6, 0.3, 0.1], ClassWeighting.SharesAfter(new TrainerDefinition.Linear(), Damage, [0.6, 0.3, 0.1]));
    }

    [Fact]
    public void Trainer_WithClassWeights_EqualsWhatItWasWrittenAs()
    {
        TrainerDefinition read = JsonSerializer.Deserialize<TrainerDefinition>(JsonSerializer.Serialize(Weighed, DomainJson.Compact), DomainJson.Compact)!;

        Assert.Equal(Weighed, read);
        Assert.NotEqual(Weighed, read with { ClassWeights = null });
        Assert.DoesNotContain("classWeights", JsonSerializer.Serialize<TrainerDefinition>(new TrainerDefinition.LightGbm(), DomainJson.Compact), StringComparison.Ordinal);
    }
}
