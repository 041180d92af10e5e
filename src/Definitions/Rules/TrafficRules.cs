using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Definitions.Rules;

/// <summary>What answers requests before there is a trained model can answer them: a cold start answers one text with a probability.</summary>
internal static class TrafficRules
{
    /// <summary>The breach of a model whose requests its cold start could not answer.</summary>
    public static IEnumerable<RuleBreach> Check(ModelDefinition definition) =>
        definition.Reference.ColdStart is not null && definition is not { Features.Schema.OnlyText: not null, Predicts.Answer: AnswerForm.Probability }
            ? [new("reference.coldStart", "'reference.coldStart' answers one text with a probability, and this model reads a table or answers otherwise; remove it")]
            : [];
}
