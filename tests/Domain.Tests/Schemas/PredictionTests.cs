using System.Text.Json;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Tests.Schemas;

public sealed class PredictionTests
{
    private static readonly Target Damage = new Target.Multiclass { Classes = ["None", "Minor", "Substantial"] };

    [Fact]
    public void Prediction_OfEachTarget_IsItsJsonAndNothingElse()
    {
        AssertJson("""{"probability":0.93}""", new Target.Binary(), 0.93f);
        AssertJson("""{"label":"Minor","probabilities":{"None":0.2,"Minor":0.7,"Substantial":0.1}}""", Damage, 0.2f, 0.7f, 0.1f);
        AssertJson("""{"value":12.4,"unit":"minutes"}""", new Target.Regression { Unit = "minutes" }, 12.4f);
        AssertJson("""{"value":-3}""", new Target.Regression(), -3f);
    }

    [Theory]
    [InlineData("None", 0.4f, 0.4f, 0.2f)]
    [InlineData("Minor", 0.2f, 0.4f, 0.4f)]
    [InlineData("Substantial", 0.2f, 0.3f, 0.5f)]
    public void Label_IsTheLikeliestClass_TheFirstOfSeveral(string label, params float[] answer) =>
        Assert.Equal(label, Assert.IsType<Prediction.OfClasses>(Prediction.Of(Damage, answer)).Label);

    private static void AssertJson(string json, Target target, params float[] answer) =>
        Assert.Equal(json, JsonSerializer.Serialize(Prediction.Of(target, answer), DomainJson.Compact));
}
