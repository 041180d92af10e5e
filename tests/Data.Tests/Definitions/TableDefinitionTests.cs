using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Definitions.Problems;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.Data.Tests.Definitions;

/// <summary>Definitions of models that read a table: typed inputs, a target, a split by time.</summary>
public sealed class TableDefinitionTests : IDisposable
{
    private const string Definition = ModelFolder.TableHead + """
        contract:
          columns:
            id: { type: integer, unique: true }
            origin: { type: text }
            distance: { type: number, minimum: 0 }
            speed: { type: integer, maximumNullRate: 1 }
            started: { type: timestamp }
            delay: { type: number }
        target: { type: regression, label: delay, unit: minutes }
        features:
          key: id
          eventTime: started
          inputs:
            origin: { type: category }
            distance: { type: number, minimum: 0 }
            speed: { type: integer, nullable: true }
            started: { type: timestamp, zone: local }
          transforms:
            - { type: oneHot, inputs: [origin] }
            - { type: numeric, inputs: [distance], log1p: true }
            - { type: dateParts, inputs: [started], parts: [hour], cyclic: true }
        split: { byTime: started, holdout: 14d, embargo: 3h }
        trainer: { type: lightGbm, objective: huber, objectiveParameter: 2 }
        """;

    private readonly ModelFolder folder = new("toy", Definition);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_Table_KeepsTheOrderOfItsInputs()
    {
        ModelDefinition definition = ModelDefinitionReader.Read(folder.Path).Definition;

        Assert.Equal(["origin", "distance", "speed", "started"], definition.Features.Schema.Columns.Select(column => column.Name));
        Assert.Equal(new Target.Regression { Label = "delay", Unit = "minutes" }, definition.Predicts);
        Assert.Equal(new TrainerDefinition.LightGbm { Objective = TrainingObjective.Huber, ObjectiveParameter = 2 }, definition.Trainer);
        Assert.Equal((TimeSpan.FromDays(14), TimeSpan.FromHours(3)), (definition.Split.Holdout, definition.Split.Embargo));
    }

    [Fact]
    public void Read_LinearTrainer_HasItsOwnOptions()
    {
        folder.Change("lightGbm, objective: huber, objectiveParameter: 2", "linear, objective: tweedie, objectiveParameter: 1.7, l2: 30, iterations: 50");

        Assert.Equal(
            new TrainerDefinition.Linear { Objective = TrainingObjective.Tweedie, ObjectiveParameter = 1.7, L2 = 30, Iterations = 50 },
            ModelDefinitionReader.Read(folder.Path).Definition.Trainer);
    }

    [Fact]
    public void Read_Intervals_KnowTheirQuantiles()
    {
        folder.Change("owner: tests", "owner: tests\nintervals: { coverage: 0.9 }");

        IntervalDefinition intervals = ModelDefinitionReader.Read(folder.Path).Definition.Intervals!;

        Assert.Equal((0.9, 0.05, 0.95), (intervals.Coverage, intervals.LowerLevel, intervals.UpperLevel));
    }

    [Fact]
    public void Read_FastTreeTrainer_HasItsOwnOptions()
    {
        folder.Change("lightGbm, objective: huber, objectiveParameter: 2", "fastTree, objective: tweedie, objectiveParameter: 1.7, trees: 40, rowShare: 0.5");

        Assert.Equal(
            new TrainerDefinition.FastTree { Objective = TrainingObjective.Tweedie, ObjectiveParameter = 1.7, Trees = 40, RowShare = 0.5 },
            ModelDefinitionReader.Read(folder.Path).Definition.Trainer);
    }

    [Theory]
    [InlineData("fastTree, objective: huber, objectiveParameter: 2", "objective is huber, which FastTree does not have; expected squared or tweedie, or the trainer lightGbm")]
    [InlineData("fastTree, earlyStopping: 5", "unknown key 'earlyStopping'")]
    [InlineData("fastTree, leaves: 1", "'trainer.leaves' is '1'; expected")]
    [InlineData("fastTree, rowShare: 0", "'trainer.rowShare' is '0'; expected")]
    public void Read_FastTreeTrainerThatIsNone_IsRefused(string trainer, string expected)
    {
        folder.Change("lightGbm, objective: huber, objectiveParameter: 2", trainer);

        Assert.Contains(expected, Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("speed: { type: integer, m", "Distance: { type: number }\n    speed: { type: integer, m", "columns 'Distance' and 'distance' differ in capitals alone; rename one in the script")]
    [InlineData("origin: { type: category }", "origin: { type: category, nullable: maybe }", "'features.inputs.origin.nullable' is 'maybe'; expected true or false")]
    [InlineData("origin: { type: category }", "origin: { type: categorical }", "'features.inputs.origin.type' is 'categorical'; expected one of text, hostName, category,")]
    [InlineData("origin: { type: category }", "origin: { kind: category }", "unknown key 'kind'")]
    [InlineData("origin: { type: category }", "origin: category", "'features.inputs.origin' is 'category'; expected keys and values")]
    [InlineData("origin: { type: category }", "orign: { type: category }", "'features.inputs.orign' names column 'orign', which 'contract.columns' does not have; did you mean 'origin'?")]
    [InlineData("origin: { type: category }", "origin: { type: number }", "'features.inputs.origin' names column 'origin' of type text; expected number or integer")]
    [InlineData("origin: { type: category }", "origin: { type: category, minimum: 1 }", "input 'origin' has a bound and is no number")]
    [InlineData("origin: { type: category }", "origin: { type: category, zone: local }", "input 'origin' has a zone and is no timestamp")]
    [InlineData("origin: { type: category }", "origin: { type: category }\n    delay: { type: number }", "'delay' is the label, which no caller knows")]
    [InlineData("speed: { type: integer, nullable: true }", "speed: { type: integer }", "the contract lets 'speed' be null, and the input does not")]
    [InlineData("  key: id", "  key: id\n  input: origin", "'features.inputs' and its short form 'features.input' are both given")]
    [InlineData("  key: id", "  key: id\n  kind: hostName", "'features.kind' is of the short form")]
    [InlineData("inputs: [origin] }", "inputs: [orign] }", "a oneHot reads 'orign', which is no input; did you mean 'origin'?")]
    [InlineData("inputs: [origin] }", "inputs: [distance] }", "a oneHot cannot read 'distance', a number")]
    [InlineData("{ type: oneHot, inputs: [origin] }", "{ type: oneHot }", "a oneHot of a model with several inputs names those that it reads")]
    [InlineData("{ type: oneHot, inputs: [origin] }", "{ type: cross, inputs: [origin] }", "a cross pairs the levels of two inputs, but names origin; give two different ones")]
    [InlineData("{ type: oneHot, inputs: [origin] }", "{ type: cross, inputs: [origin, origin] }", "a cross pairs the levels of two inputs, but names origin, origin")]
    [InlineData("{ type: oneHot, inputs: [origin] }", "{ type: cross, inputs: [origin, distance] }", "a cross cannot read 'distance', a number")]
    [InlineData("{ type: oneHot, inputs: [origin] }", "{ type: cross, inputs: [origin, speed] }\n    - { type: cross, inputs: [speed, origin] }", "a transform of this type is given twice for an input; keep one")]
    [InlineData("parts: [hour]", "parts: []", "'parts' is empty")]
    [InlineData("parts: [hour]", "parts: [hours]", "'features.transforms[2].parts[0]' is 'hours'; did you mean 'hour'?")]
    [InlineData("log1p: true", "constant: 3", "'constant' is what 'impute: constant' takes")]
    [InlineData("log1p: true", "minimum: 3, maximum: 2", "'maximum' is below 'minimum'")]
    [InlineData("label: delay", "label: dely", "'target.label' names column 'dely', which 'contract.columns' does not have; did you mean 'delay'?")]
    [InlineData("label: delay", "label: origin", "'target.label' names column 'origin' of type text; expected number or integer")]
    [InlineData("type: regression, label: delay, unit: minutes", "type: multiclass, label: origin, classes: [a, b]", "'target.classes' has fewer than three")]
    [InlineData("type: regression, label: delay, unit: minutes", "type: multiclass, label: origin, classes: [a, b, b]", "class 'b' stands twice in the target")]
    [InlineData("type: regression, label: delay, unit: minutes", "type: multiclass, label: origin", "required key 'target.classes' is missing")]
    [InlineData("type: regression, label: delay, unit: minutes", "type: binary, label: delay", "'target.label' names column 'delay' of type number; expected integer or text or boolean")]
    [InlineData("type: regression, label: delay, unit: minutes", "type: regresion, label: delay", "'target.type' is 'regresion'; did you mean 'regression'?")]
    [InlineData("objective: huber", "objective: binary", "objective is binary, whose models answer with one probability, but the target asks for a number; expected squared, absolute, huber, quantile, poisson, gamma, tweedie")]
    [InlineData("objective: huber", "objective: poisson", "objectiveParameter is 2, but objective poisson has no parameter")]
    [InlineData("objective: huber", "objective: quantile", "objectiveParameter of objective quantile is 2; expected the quantile to learn")]
    [InlineData("objective: huber", "objective: tweedie", "objectiveParameter of objective tweedie is 2; expected the variance's power")]
    [InlineData("type: lightGbm", "type: xgBoost", "'trainer.type' is 'xgBoost'; expected one of lightGbm, fastTree, linear")]
    [InlineData("type: lightGbm", "type: lightGbm, monotone: { origin: 1 }", "'origin' is no numeric input, and only such have a direction")]
    [InlineData("type: lightGbm", "type: lightGbm, monotone: { speed: 1 }", "'speed' has a direction and no feature is its number; add a transform '{ type: numeric, inputs: [speed] }', or remove the direction")]
    [InlineData("type: lightGbm", "type: lightGbm, monotone: { distance: 2 }", "the direction of 'distance' is 2")]
    [InlineData("owner: tests", "owner: tests\nintervals: { coverage: 80 }", "'intervals.coverage' is '80'; expected a number from 0.01 to 0.99")]
    [InlineData("owner: tests", "owner: tests\nintervals: 0.8", "'intervals' is '0.8'; expected keys and values")]
    [InlineData("owner: tests", "owner: tests\nintervals: { share: 0.8 }", "unknown key 'share'; expected one of coverage")]
    [InlineData("trainer: { type: lightGbm, objective: huber, objectiveParameter: 2 }", "trainer: { type: linear }\nintervals: { coverage: 0.8 }", "'intervals' asks for quantiles, which the trainer linear does not learn; expected the trainer lightGbm, or no 'intervals'")]
    [InlineData("type: lightGbm", "type: linear", "'trainer' cannot learn the target: objective is huber, and a linear model learns means")]
    [InlineData("lightGbm, objective: huber, objectiveParameter: 2", "linear, trees: 3", "unknown key 'trees'")]
    [InlineData("lightGbm, objective: huber, objectiveParameter: 2", "linear, iterations: 0", "'trainer.iterations' is '0'; expected a whole number from 1 to 100000")]
    [InlineData("type: lightGbm", "type: lightGbm, iterations: 3", "model.yaml:31: unknown key 'iterations'; it is one of linear, and this has another type")]
    [InlineData("type: lightGbm", "type: lightGbm, depth: 3", "unknown key 'depth'; expected one of trees, leaves, learningRate, minimumRowsPerLeaf, rowShare, featureShare, l2, earlyStopping, monotone, objective, objectiveParameter, balanceClasses, seed, threads")]
    [InlineData("type: lightGbm", "type: lightGbm, sentence: x", "unknown key 'sentence'; expected one of trees,")]
    [InlineData("type: lightGbm", "type: lightGbm, trees: 0", "'trainer.trees' is '0'; expected a whole number from 1 to 10000")]
    [InlineData("parts: [hour], cyclic: true", "parts: [hour, year], cyclic: true", "'cyclic' turns parts into points of a circle, and a year never comes again")]
    [InlineData("log1p: true", "log1p: true, bins: 5", "'bins' puts the bin's number in the value's place, so 'log1p' and 'standardise' mean nothing beside it")]
    [InlineData("holdout: 14d, ", "", "'split.byTime' is given without 'holdout'")]
    [InlineData("byTime: started, ", "", "'holdout' and 'embargo' are of a split by time")]
    [InlineData("byTime: started", "byTime: distance", "'split.byTime' names column 'distance' of type number; expected timestamp")]
    [InlineData("byTime: started", "byTime: started, column: origin", "'split.column' is of a split by folds")]
    [InlineData("owner: tests", "owner: tests\nwatch: { protectedSlices: { far: ' ' } }", "slice 'far' is blank; expected a boolean SQL expression over the inputs")]
    [InlineData("owner: tests", "owner: tests\nschedules: [{ id: daily, does: score, every: 1d, rows: { blobPrefix: in/, inputColumn: origin } }]", "schedule 'daily' names the column of one text, and this model reads columns")]
    [InlineData("owner: tests", "owner: tests\ngate: { loss: logLoss }", "'gate.loss' is logLoss, which cannot judge a target of type regression; leave it out for absolute")]
    [InlineData("owner: tests", "owner: tests\ngate: { loss: tweedie(2) }", "'gate.loss': 'tweedie(2)' is no loss: tweedie asks for a p between 1 and 2")]
    [InlineData("owner: tests", "owner: tests\ngate: { loss: mape }", "'gate.loss': 'mape' is no loss; expected one of absolute, squared")]
    [InlineData("owner: tests", "owner: tests\ngate: { loss: poisson }\nreference: { statistic: median }", "'reference.statistic' is median, but Poisson deviance measures means")]
    [InlineData("owner: tests", "owner: tests\nreference: { groups: [[carrier]] }", "'reference.groups' names column 'carrier', which is no input of the model; its inputs are origin, distance, speed, started")]
    [InlineData("owner: tests", "owner: tests\nreference: { groups: [[{ column: distance }]] }", "'reference.groups' bins 'distance' by neither 'edges' nor 'bins'; give one of them")]
    [InlineData("owner: tests", "owner: tests\nreference: { groups: [[{ column: distance, edges: [5], bins: 3 }]] }", "'reference.groups' bins 'distance' by both 'edges' and 'bins'; keep one")]
    [InlineData("owner: tests", "owner: tests\nreference: { groups: [[{ column: distance, edges: [5, 5] }]] }", "'reference.groups' bins 'distance' by edges that do not rise")]
    [InlineData("owner: tests", "owner: tests\nreference: { groups: [[{ column: distance, edges: [1e39] }]] }", "'reference.groups' bins 'distance' by an edge that a number of 32 bits cannot hold")]
    [InlineData("owner: tests", "owner: tests\nreference: { groups: [[{ column: origin, bins: 3 }]] }", "'reference.groups' bins 'origin', which is no number; name the column alone")]
    [InlineData("owner: tests", "owner: tests\nreference: { groups: [[{ column: distance, bins: 1 }]] }", "'reference.groups[0][0].bins' is '1'; expected a whole number from 2 to 1000")]
    [InlineData("owner: tests", "owner: tests\nreference: { groups: [[[distance]]] }", "'reference.groups[0][0]' is a list; expected text, or keys and values")]
    [InlineData("owner: tests", "owner: tests\nreference: { groups: [[{ colunm: distance, bins: 3 }]] }", "unknown key 'colunm'; did you mean 'column'?")]
    [InlineData("owner: tests", "owner: tests\nreference: { statistic: quantile }", "'reference.statistic' is quantile, but which is not told; add 'level', such as 0.9")]
    [InlineData("owner: tests", "owner: tests\nreference: { statistic: mean, level: 0.9 }", "'reference.level' says which quantile is taken, but 'reference.statistic' is not quantile")]
    [InlineData("owner: tests", "owner: tests\nreference: { statistic: quantile, level: 1.5 }", "'reference.level' is '1.5'; expected a number from")]
    [InlineData("owner: tests", "owner: tests\nreference: { lookupColumn: origin }", "'reference.lookupColumn' names column 'origin' of type text; expected number or integer")]
    [InlineData("owner: tests", "owner: tests\ngate: { maximumLoss: -1 }", "'gate.maximumLoss'")]
    [InlineData("trainer: { type: lightGbm, objective: huber, objectiveParameter: 2 }", "trainer: { type: lightGbm, classWeights: { long: 2 } }", "'long' is no class of the target; expected no class weights, since labels are numbers")]
    [InlineData("unit: minutes }", "unit: minutes, decision: { threshold: 0.5 } }", "unknown key 'decision'; it is one of binary, and this has another type")]
    [InlineData("owner: tests", "owner: tests\ngate: { superiorSlices: [late] }", "slice 'late' is not defined")]
    [InlineData("owner: tests", "owner: tests\nslices: { far: distance > 100 }\ngate: { superiorSlices: [far, far] }", "slice 'far' stands twice; name every other slice once")]
    [InlineData("owner: tests", "owner: tests\nslices: { far: distance > 100 }\ngate: { primarySlice: far, superiorSlices: [far] }", "slice 'far' is the primary slice, which decides anyway")]
    [InlineData("eventTime: started", "eventTime: distance", "'features.eventTime' names column 'distance' of type number; expected timestamp")]
    public void Read_PartsThatDoNotFit_SaysWhatAndWhatToDo(string old, string changed, string expected)
    {
        folder.Change(old, changed);

        Assert.Contains(expected, Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("owner: tests", "owner: tests\nschedules: [{ id: daily, does: score, every: 1d, rows: { blobPrefix: in/, ignoredColumns: [delay] } }]")]
    [InlineData("sql: snapshot.sql", "sql: snapshot.sql\n  feedback: true")]
    public void Read_TrafficOfATable_IsTaken(string old, string changed)
    {
        folder.Change(old, changed);

        ModelDefinition definition = ModelDefinitionReader.Read(folder.Path).Definition;
        Assert.Equal(definition.Source.Feedback ? [] : ["delay"], definition.Schedules.SelectMany(schedule => schedule.Rows!.IgnoredColumns));
    }

    [Theory]
    [InlineData("probability", "is called as an output of the graph is (probability, probabilities, label, value, features); rename the column in the script")]
    [InlineData("probabilities", "is called as an output of the graph is")]
    [InlineData("label", "is called as an output of the graph is")]
    [InlineData("value", "is called as an output of the graph is")]
    [InlineData("features", "is called as an output of the graph is")]
    [InlineData("speed_present", "ends in '_present', which the graph's own inputs do; rename the column in the script")]
    public void Read_InputCalledAsWhatIsTheGraphsOwn_IsRefusedWithItsLine(string name, string expected)
    {
        folder.Change("origin: { type: text }", $"origin: {{ type: text }}\n    {name}: {{ type: number }}");
        folder.Change("origin: { type: category }", $"origin: {{ type: category }}\n    {name}: {{ type: number }}");

        Assert.Contains(
            $"model.yaml:24: input '{name}' {expected}", Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LabelColumnCalledAsAnOutput_IsTaken()
    {
        folder.Change("delay: { type: number }", "value: { type: number }");
        folder.Change("label: delay", "label: value");

        Assert.Equal("value", ModelDefinitionReader.Read(folder.Path).Definition.Predicts.Label);
    }
}
