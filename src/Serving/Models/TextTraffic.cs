using Lifecycle.Domain.Schemas;

namespace Lifecycle.Serving.Models;

/// <summary>What batches and the prediction log hold: one text a row, and one probability an answer.</summary>
internal static class TextTraffic
{
    /// <summary>Why they cannot hold a model's rows and answers, and what to do; null where they can.</summary>
    public static string? ProblemOf(string model, InputSchema schema, Target target)
    {
        string answers = target.Answer switch
        {
            AnswerForm.Probability => "a probability",
            AnswerForm.Probabilities => $"a probability for each {target.Label}",
            _ => $"a number, {target.Label}",
        };
        return schema.OnlyText is not null && target.Answer == AnswerForm.Probability
            ? null
            : $"the live model of {model} reads {string.Join(", ", schema.Columns.Select(column => column.Name))} and answers {answers}; "
                + $"batches and the prediction log hold one text a row and one probability an answer: ask it with 'lifecycle predict {model} --input FILE'";
    }
}
