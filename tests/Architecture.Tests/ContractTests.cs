using System.Reflection;
using Lifecycle.Activities;
using Lifecycle.Activities.Stages;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Architecture.Tests;

/// <summary>Contracts in Workflows and their implementations in Activities say the same.</summary>
public sealed class ContractTests
{
    public static TheoryData<Type> Contracts() =>
        [.. typeof(IDefinitionActivity).Assembly.GetTypes().Where(type => type.IsInterface && type.Namespace == typeof(IDefinitionActivity).Namespace)];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Contract_HasOneImplementation_OfTheSameNoun(Type contract)
    {
        Type implementation = Assert.Single(typeof(LaunchActivity).Assembly.GetTypes(), type => type.IsClass && contract.IsAssignableFrom(type));
        Assert.Equal(contract.Name[1..], implementation.Name);
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Contract_AndImplementation_CarryTheSameActivityNames(Type contract)
    {
        Type implementation = typeof(LaunchActivity).Assembly.GetTypes().Single(type => type.IsClass && contract.IsAssignableFrom(type));
        Assert.NotEmpty(NamesOf(contract));
        Assert.Equal(NamesOf(contract), NamesOf(implementation));
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void ContractMethod_TakesOneRecord_AndReturnsOne(Type contract)
    {
        foreach (MethodInfo method in contract.GetMethods())
        {
            Assert.Single(method.GetParameters());
            Assert.True(method.ReturnType.IsGenericType, $"{contract.Name}.{method.Name} returns nothing");
        }
    }

    // Whoever adds an activity decides here whether it opens data or models.
    [Fact]
    public void Activities_ThatOpenDataOrModels_AreTheIsolatedOnes() => Assert.Equal(
        [
            "BuildFeaturesAsync", "ComparePromotionAsync", "CompileReferenceAsync", "EvaluateModelAsync", "ExportModelAsync", "FindPreviousSnapshotAsync",
            "MeasureWindowAsync", "PlanBacktestAsync", "PlanScoringAsync", "PlanWatchAsync", "ReadDefinitionAsync", "ReadReferenceAsync", "ScorePartitionAsync", "TakeSnapshotAsync", "TrainChallengerAsync", "ValidateSnapshotAsync",
        ],
        typeof(LaunchActivity).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(IsolatedAttribute))).Select(method => method.Name).Order(StringComparer.Ordinal));

    private static string[] NamesOf(Type type) =>
        [.. type.GetMethods().Where(method => method.GetCustomAttribute<ActivityAttribute>() is not null)
            .Select(method => method.GetCustomAttribute<ActivityAttribute>()!.Name ?? method.Name).Order(StringComparer.Ordinal)];
}
