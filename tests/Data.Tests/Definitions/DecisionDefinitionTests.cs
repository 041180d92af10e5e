using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Definitions.Problems;
using Lifecycle.Domain.Models;

namespace Lifecycle.Data.Tests.Definitions;

/// <summary>Definitions of models of two classes that decide, and that weigh their classes.</summary>
public sealed class DecisionDefinitionTests : IDisposable
{
    private const string Definition = ModelFolder.TableHead + """
        contract:
          columns:
            id: { type: integer, unique: true }
            words: { type: number }
            spam: { type: text }
        target: { type: binary, label: spam, positive: spam, negative: ham, decision: { threshold: 0.7 } }
        features:
          key: id
          inputs:
            words: { type: number }
          transforms:
            - { type: numeric, inputs: [words] }
        trainer: { type: linear, balanceClasses: false }
        """;

    private readonly ModelFolder folder = new("toy", Definition);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("threshold: 0.7", 0.7)]
    [InlineData("costs: { falsePositive: 1, falseNegative: 3 }", 0.25)]
    [InlineData("costs: { falseNegative: 3 }", 0.25)]
    public void Read_Decision_SaysFromWhichProbabilityOn(string rule, double from)
    {
        folder.Change("threshold: 0.7", rule);

        Assert.Equal(from, ModelDefinitionReader.Read(folder.Path).Definition.Predicts.Decides!.From);
    }

    [Fact]
    public void Read_ClassWeights_AreByClass()
    {
        folder.Change("balanceClasses: false", "balanceClasses: false, classWeights: { spam: 2.5 }");

        Assert.Equal(2.5, ModelDefinitionReader.Read(folder.Path).Definition.Trainer.ClassWeights!["spam"]);
    }

    [Theory]
    [InlineData("{ threshold: 0.7 }", "{}", "'target.decision' names neither a threshold nor costs; expected one of 'threshold: 0.7' and 'costs: { falsePositive: 1, falseNegative: 5 }'")]
    [InlineData("{ threshold: 0.7 }", "{ threshold: 0.7, costs: { falsePositive: 2 } }", "'target.decision' names both a threshold and costs")]
    [InlineData("threshold: 0.7", "threshold: 1.5", "'target.decision.threshold'")]
    [InlineData("threshold: 0.7", "costs: { falsePositive: 0 }", "'target.decision.costs.falsePositive'")]
    [InlineData("threshold: 0.7 } }\nfeatures", "costs: {} }, x: 1 }\nfeatures", "unknown key 'x'")]
    [InlineData("balanceClasses: false", "balanceClasses: false, classWeights: { eggs: 2 }", "'eggs' is no class of the target; expected some of ham, spam")]
    [InlineData("balanceClasses: false", "balanceClasses: false, classWeights: { spam: 0 }", "the weight of class 'spam' is 0; expected a number above 0")]
    [InlineData("balanceClasses: false", "balanceClasses: true, classWeights: { spam: 2 }", "'trainer.classWeights' is given, but the trainer makes all classes count alike; write 'balanceClasses: false' beside it")]
    public void Read_PartsThatDoNotFit_SaysWhatAndWhatToDo(string old, string changed, string expected)
    {
        folder.Change(old, changed);

        Assert.Contains(expected, Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("balanceClasses: true", "the trainer makes all classes count alike, and under gate.loss balancedLogLoss answers stay so; write 'gate.loss: logLoss', which corrects them, or 'trainer.balanceClasses: false'")]
    [InlineData("balanceClasses: false, classWeights: { spam: 2 }", "'trainer.classWeights' shifts them, and under gate.loss balancedLogLoss answers stay so; write 'gate.loss: logLoss', which corrects them, or remove the weights")]
    public void Read_CostsOfShiftedProbabilities_AreRefusedUnlessTheyAreCorrected(string weighed, string expected)
    {
        folder.Change("threshold: 0.7", "costs: { falseNegative: 3 }");
        folder.Change("balanceClasses: false", weighed);

        Assert.Contains($"'target.decision.costs' needs probabilities as the classes really are, but {expected}", Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path)).Message, StringComparison.Ordinal);

        folder.Change("owner: tests", "owner: tests\ngate: { loss: logLoss }");
        Assert.Equal(0.25, ModelDefinitionReader.Read(folder.Path).Definition.Predicts.Decides!.From);
    }
}
