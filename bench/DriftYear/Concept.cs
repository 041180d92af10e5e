namespace Lifecycle.DriftYear;

/// <summary>
/// What makes a label: a logistic function of the row. A model that was trained while a concept held predicts exactly its
/// probabilities: of the models that can be, the best, so that whatever is measured comes from the traffic.
/// </summary>
internal sealed record Concept(double Amount, double Age)
{
    private static readonly Concept First = new(Amount: 0.9, Age: 0.8);
    private static readonly Concept Second = new(Amount: 0.9, Age: -0.1);

    public static Concept Of(Scenario scenario, int day) => day < scenario.ConceptFrom ? First : Second;

    public double Probability(Row row) => 1 / (1 + Math.Exp(-(
        -0.3 + (Amount * row.Amount) + (Age * row.Age) + (0.3 * double.LogP1(row.Visits))
        + (row.Country == 1 ? 0.4 : 0) - (0.4 * (row.Tenure ?? 0)))));
}
