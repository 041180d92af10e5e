using System.Globalization;
using System.Text;
using Lifecycle.Data.Definitions;
using Lifecycle.Data.Profiles;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Definitions.Drafts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.Data.Tests.Definitions;

/// <summary>What is drafted from a file reads as a definition without a problem, and its script takes all labelled rows.</summary>
public sealed class ModelDraftTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Flights_WithATimeAndANumber_AreARegressionSplitByTime()
    {
        ModelDefinition model = await DraftAsync(Flights(500), "delay");

        Assert.Equal(new Target.Regression { Label = "delay" }, model.Predicts);
        Assert.Equal(("flight_id", "left_at"), (model.Features.Key, model.Features.EventTime));
        Assert.Equal(
            [("origin", InputType.Category, false), ("left_at", InputType.Timestamp, false), ("distance", InputType.Number, true), ("seats", InputType.Integer, false), ("charter", InputType.Boolean, false)],
            model.Features.Schema.Columns.Select(column => (column.Name, column.Type, column.Nullable)));
        Assert.Equal(InputZone.Local, model.Features.Schema.Columns[1].Zone);
        Assert.Equal(["numeric", "numeric", "oneHot", "dateParts"], model.Features.Transforms.Select(RowTransform.Kinds.NameOf));
        Assert.Equal("left_at", model.Split.ByTime);
        Assert.True(model.Split.Holdout >= TimeSpan.FromDays(4) && model.Split.Holdout <= TimeSpan.FromDays(5), $"a fifth of 21 days, not {model.Split.Holdout}");
        Assert.Equal(new DateOnly(2001, 1, 21), model.Snapshots[0].Cutoff);
    }

    [Fact]
    public async Task Names_ThatNoDefinitionCanHave_AreGivenOthers()
    {
        StringBuilder csv = new("Aircraft: Make,Cost Total $,2nd,value,row_key,Größe,Damage\n");
        for (int row = 0; row < 90; row++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"make {row % 3},{row}.5,{row % 7},{row},{row % 5},{row % 11},{(row % 3) switch { 0 => "None", 1 => "\"Minor, or so\"", _ => "It's gone" }}\n");
        }

        ModelDefinition model = await DraftAsync(csv.ToString(), "Damage");

        Assert.Equal(["aircraft_make", "cost_total", "given_2nd", "given_value", "row_key", "gr_e"], model.Features.Schema.Columns.Select(column => column.Name));
        Assert.Equal("row_key_2", model.Features.Key);
        Assert.Equal(["It's gone", "Minor, or so", "None"], model.Predicts.ClassNames);
    }

    [Theory]
    [InlineData("word,spam\nfree money,1\nhello you,0\n", "1", "0")]
    [InlineData("word,spam\nfree money,true\nhello you,false\n", "true", "false")]
    [InlineData("word,spam\nfree money,ham\nhello you,ham\nwin now,spam\n", "spam", "ham")]
    [InlineData("word,spam\nfree money,yes\nhello you,yes\nwin now,no\n", "yes", "no")]
    [InlineData("word,spam\nfree money,True\nhello you,False\nwin now,False\n", "true", "false")]
    public async Task TwoLabels_AreBinary_TheSeldomOrTrueOnePositive(string csv, string positive, string negative)
    {
        ModelDefinition model = await DraftAsync(csv, "spam");
        Assert.Equal(new Target.Binary { Label = "spam", Positive = positive, Negative = negative }, model.Predicts);
    }

    [Fact]
    public async Task Input_OfYesAndNo_StaysTheWordsThatCallersWrite()
    {
        string csv = "member,paid,y\n" + string.Concat(Enumerable.Range(0, 60).Select(row => $"{(row % 3 == 0 ? "yes" : "no")},{(row % 2 == 0 ? "true" : "false")},{row % 7}.5\n"));
        ModelDefinition model = await DraftAsync(csv, "y");
        Assert.Equal([("member", InputType.Category), ("paid", InputType.Boolean)], model.Features.Schema.Columns.Select(column => (column.Name, column.Type)));
    }

    [Theory]
    [InlineData(0, "tweedie(1.5)", TrainingObjective.Tweedie)]
    [InlineData(0.5, "poisson", TrainingObjective.Poisson)]
    [InlineData(-29.5, "squared", TrainingObjective.Squared)]
    public async Task Numbers_AreLearntAndJudgedByTheSameMeasure(double lowest, string loss, TrainingObjective objective)
    {
        string csv = "x,y\n" + string.Concat(Enumerable.Range(0, 1200).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row % 50},{lowest + (row % 90):0.0}\n")));
        ModelDefinition model = await DraftAsync(csv, "y");
        Assert.Equal(loss, model.Gate.Loss);
        Assert.Equal(new TrainerDefinition.LightGbm { Objective = objective, Leaves = 4, LearningRate = 0.05, EarlyStopping = 30 }, model.Trainer);
    }

    [Fact]
    public async Task Texts_OfManyValues_AreReadByTheirCharacters()
    {
        string csv = "subject,host,urgent\n" + string.Concat(Enumerable.Range(0, 300).Select(row => string.Create(CultureInfo.InvariantCulture, $"please help {row},h{row}.example,{row % 2}\n")));
        ModelDefinition model = await DraftAsync(csv, "urgent");
        Assert.Equal([InputType.Text, InputType.HostName], model.Features.Schema.Columns.Select(column => column.Type));
        Assert.Equal(["characterNgrams", "shapeCounts", "topLevelDomainOneHot"], model.Features.Transforms.Select(RowTransform.Kinds.NameOf));
    }

    [Theory]
    [InlineData("rows.tsv", "day\tplace\tx\n31/12/2001\ta\t1.5\n01/02/2001\tb\t2.5\n05/02/2001\tb\t\n")]
    [InlineData("rows.json", """[{"day": "2001-12-31T08:30:00", "place": "a", "x": 1.5}, {"day": "2001-02-01T10:00:00", "place": "b", "x": 2.5}, {"day": "2001-02-05T23:59:59", "place": "b", "x": null}]""")]
    public async Task OtherFormats_AreReadByTheScriptAsTheyWereLookedAt(string name, string text)
    {
        ModelDefinition model = await DraftAsync(text, "x", name, unlabelled: 1);
        Assert.Equal(["day", "place"], model.Features.Schema.Columns.Select(column => column.Name));
        Assert.Equal(InputType.Timestamp, model.Features.Schema.Columns[0].Type);
    }

    [Theory]
    [InlineData("x,delay\n1,2\n3,4\n", "dealy", "the file has no column 'dealy'; did you mean 'delay'?")]
    [InlineData("x;delay\n1;2\n3;4\n", "delay", "is it separated by semicolons? expected commas or tabs")]
    [InlineData("x,delay\n1,2\n3,2\n", "delay", "the label 'delay' is '2' in every row; there is nothing to learn")]
    [InlineData("x,delay\n1,\n3,\n", "delay", "the label 'delay' is empty in every row")]
    [InlineData("x,kind\n1,\" \"\n2,a\n3,b\n", "kind", "the label 'kind' is a blank text in 1 rows")]
    [InlineData("x,delay\n1,2\n1,4\n", "delay", "no column beside the label and the key can be an input")]
    [InlineData("x,delay\n1,2001-01-01\n2,2002-01-01\n", "delay", "the label 'delay' is DATE; expected two or more classes, or a number")]
    public void File_OfWhichNoModelCanBeMade_IsRefusedWithTheReason(string csv, string label, string reason) =>
        Assert.Contains(reason, Assert.Throws<DraftException>(() => Draft(Look("rows.csv", csv), label)).Message, StringComparison.Ordinal);

    private static string Flights(int rows) => "flight_id,origin,left_at,distance,seats,charter,empty,same,delay\n" + string.Concat(Enumerable.Range(0, rows).Select(row => string.Create(
        CultureInfo.InvariantCulture,
        $"F{row},{"ABCD"[row % 4]},{new DateTime(2001, 1, 1).AddHours(row):yyyy-MM-dd HH:mm:ss},{(row % 10 == 0 ? "" : $"{row}.5")},{row % 200},{(row % 3 == 0 ? "true" : "false")},,1,{row % 90 - 10}\n")));

    private async Task<ModelDefinition> DraftAsync(string text, string label, string name = "rows.csv", int unlabelled = 0)
    {
        TableProfile profile = Look(name, text);
        ModelDraft draft = Draft(profile, label);
        string model = Directory.CreateDirectory(Path.Combine(folder.Path, "models", "toy")).FullName;
        File.Copy(Path.Combine(folder.Path, name), Path.Combine(model, draft.RowsFile));
        await File.WriteAllTextAsync(Path.Combine(model, ModelDraft.ScriptFile), draft.Script, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(model, "model.yaml"), draft.Definition, TestContext.Current.CancellationToken);

        LoadedModelDefinition loaded = new ModelCatalog(Path.Combine(folder.Path, "models")).Read(
            "toy", definition => new DefinitionSql(new DataLimits()).Check(definition, TestContext.Current.CancellationToken));
        DataSnapshot taken = await RealModels.Taker().TakeAsync(
            loaded.Definition, loaded.Folder, loaded.Definition.Snapshots[0].Id, Path.Combine(folder.Path, "snapshot.parquet"), progress: null, TestContext.Current.CancellationToken);
        Assert.Equal(profile.RowCount - unlabelled, taken.RowCount);
        return loaded.Definition;
    }

    private static ModelDraft Draft(TableProfile profile, string label) => ModelDraft.Of("toy", profile, label, new DateOnly(2026, 1, 31));

    private TableProfile Look(string name, string text)
    {
        string path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, text);
        return TableProfiler.Look(path, new DataLimits(), TestContext.Current.CancellationToken);
    }
}
