using System.Collections.Immutable;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.Data.Tests.Testing;

/// <summary>
/// A GENERATED table with a column of every type, a class and an amount: row i happened i hours into 2024. The class goes round, and the
/// amount is a whole number or zero.
/// </summary>
internal static class StrikeTable
{
    public const string Rows = """
        SELECT 'k' || lpad(range::VARCHAR, 6, '0') AS id, TIMESTAMP '2024-01-01' + to_hours(range) AS happened,
            ['None', 'Minor', 'Severe'][(range % 3 + 1)::INTEGER] AS damage, if(range % 4 = 0, range % 7, 0)::DOUBLE AS cost,
            if(range % 5 = 0, NULL, hash(range) % 997 / 7.0)::DOUBLE AS speed, (hash(range + 7) % 13)::INTEGER AS birds, range % 11 = 0 AS warned,
            ['goose', 'gull', 'hawk'][(hash(range + 3) % 3 + 1)::INTEGER] AS species, 'note ' || (hash(range + 5) % 50) AS note, 'h' || (range % 40) || '.example.org' AS host,
            1 + range % 3 AS share
        FROM range(600)
        """;

    public static ImmutableArray<InputColumn> Inputs { get; } =
    [
        new() { Name = "speed", Type = InputType.Number, Nullable = true, Minimum = 0 },
        new() { Name = "birds", Type = InputType.Integer, Maximum = 100 },
        new() { Name = "warned", Type = InputType.Boolean },
        new() { Name = "species", Type = InputType.Category },
        new() { Name = "note", Type = InputType.Text, MaximumBytes = 20 },
        new() { Name = "host", Type = InputType.HostName },
        new() { Name = "happened", Type = InputType.Timestamp, Zone = InputZone.Local },
    ];

    public static Target Damage { get; } = new Target.Multiclass { Label = "damage", Classes = ["None", "Minor", "Severe"] };

    public static Target Cost { get; } = new Target.Regression { Label = "cost", Unit = "dollars" };

    public static ModelDefinition Definition(Target target) =>
        ScratchModels.With(new DataContract(), new FeatureView { Key = "id", Inputs = Inputs, Weight = "share" }) with
        {
            Target = target,
            Trainer = new TrainerDefinition.LightGbm { Objective = target.ClassNames.IsEmpty ? TrainingObjective.Absolute : null },
        };
}
