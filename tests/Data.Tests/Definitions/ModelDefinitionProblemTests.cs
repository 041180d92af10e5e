using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Definitions.Problems;

namespace Lifecycle.Data.Tests.Definitions;

public sealed class ModelDefinitionProblemTests : IDisposable
{
    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("  columns:", "  colums:", "13: unknown key 'colums'; did you mean 'columns'?")]
    [InlineData("owner: tests", "owner: tests\nspeed: 3", "3: unknown key 'speed'; expected one of name, owner,")]
    [InlineData("owner: tests\n", "", "1: required key 'owner' is missing")]
    [InlineData("owner: tests", "owner: tests\nowner: others", "3: key 'owner' is given twice, first on line 2")]
    [InlineData("owner: tests", "owner:", "2: 'owner' has no value; expected text")]
    [InlineData("owner: tests", "owner: [tests]", "2: 'owner' is a list; expected text")]
    [InlineData("type: number,", "type: numbr,", "17: 'contract.columns.share.type' is 'numbr'; did you mean 'number'?")]
    [InlineData("minimum: 0", "minimum: low", "17: 'contract.columns.share.minimum' is 'low'; expected a number")]
    [InlineData("minimum: 0", "minimum: .nan", "17: 'contract.columns.share.minimum' is '.nan'; expected a number")]
    [InlineData("unique: true", "unique: yes", "14: 'contract.columns.word.unique' is 'yes'; expected true or false")]
    [InlineData("maximumLength: 3", "maximumLength: 99", "23: 'features.transforms[0].maximumLength' is '99'; expected a whole number from 1 to 8")]
    [InlineData("type: shapeCounts", "type: shapeCount", "24: 'features.transforms[1].type' is 'shapeCount'; did you mean 'shapeCounts'?")]
    [InlineData("type: shapeCounts", "minimumCount: 3", "24: required key 'features.transforms[1].type' is missing; expected one of characterNgrams,")]
    [InlineData("type: shapeCounts", "type: shapeCounts\n      minimumCount: 3", "25: unknown key 'minimumCount'")]
    [InlineData("cutoff: 2024-02-29", "cutoff: 2024-02-30", "11: 'snapshots[1].cutoff' is '2024-02-30'; expected a date such as 2020-05-31")]
    [InlineData("gate:", "approval: { timeout: 7 days }\ngate:", "27: 'approval.timeout' is '7 days'; expected a duration such as")]
    [InlineData("gate:", "trainer: { trees: 0 }\ngate:", "27: 'trainer.trees' is '0'; expected a whole number from 1 to 10000")]
    public void Read_MalformedPart_NamesLineAndFix(string old, string changed, string expected)
    {
        folder.Change(old, changed);

        Assert.StartsWith($"models/toy/model.yaml:{expected}", Message(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: toy", "name: tay", "1: 'name' is 'tay' but the folder is 'toy'")]
    [InlineData("name: toy", "name: Toy Model", "1: 'name' is 'Toy Model'; expected lower-case letters")]
    [InlineData("  files: { rows: rows.csv }\n", "", "5: 'source' has neither of 'npmLock' and 'files'")]
    [InlineData("rows: rows.csv", "rows: ../rows.csv", "5: file '../rows.csv' is not inside the model's folder")]
    [InlineData("rows: rows.csv", "rows: /etc/passwd", "5: file '/etc/passwd' is not inside the model's folder")]
    [InlineData("rows: rows.csv", "cutoff: rows.csv", "5: file name 'cutoff' is taken")]
    [InlineData("rows: rows.csv", "feedback: rows.csv", "5: file name 'feedback' is taken")]
    [InlineData("sql: snapshot.sql", "sql: other.sql", "6: file 'other.sql' is not in the model's folder")]
    [InlineData("sql: snapshot.sql", "sql: ../x.sql", "6: 'source.sql' is '../x.sql'; expected a file's name")]
    [InlineData("id: two", "id: one", "10: snapshot id 'one' occurs twice")]
    [InlineData("id: two", "id: Cold-Start", "10: snapshot id 'Cold-Start' is that of a cold start")]
    [InlineData("id: two", "id: two words", "10: snapshot id 'two words' is not an identifier")]
    [InlineData("cutoff: 2024-02-29", "cutoff: 2024-01-31", "11: snapshot 'two' has cutoff 2024-01-31, not after 2024-01-31 of 'one'")]
    [InlineData("cutoff: 2024-01-31", "cutoff: 2024-01-31\n    parameters: { version: 1 }", "11: snapshot 'two' lacks parameter 'version'")]
    [InlineData("minimum: 0", "minimum: 2, maximum: 1", "17: column 'share' has 'maximum' below 'minimum'")]
    [InlineData("type: number,", "type: number, pattern: x,", "17: column 'share' has a pattern but is not of type text")]
    [InlineData("key: word", "key: wrod", "19: 'features.key' names column 'wrod', which 'contract.columns' does not have; did you mean 'word'?")]
    [InlineData("key: word", "key: share", "19: 'features.key' names column 'share' of type number; expected text or integer")]
    [InlineData("maximumLength: 3", "maximumLength: 1", "23: 'maximumLength' is 1, below 'minimumLength', 2")]
    [InlineData("type: shapeCounts", "type: topLevelDomainOneHot", "24: transform topLevelDomainOneHot needs 'features.kind: hostName'")]
    [InlineData("primarySlice: long", "primarySlice: lang", "28: slice 'lang' is not defined; did you mean 'long'?")]
    [InlineData("primarySlice: long", "protectedSlices: [mail]", "28: slice 'mail' is not defined; there are: all, long")]
    [InlineData("long: length(word) > 5", "long: ''", "26: slice 'long' is blank")]
    [InlineData("owner: tests", "owner: tests\nwatch: { protectedSlices: { com: '' } }", "3: slice 'com' is blank; expected a boolean SQL expression over 'input'")]
    [InlineData("owner: tests", "owner: tests\nwatch: { protectedSlices: { all: 'true' } }", "3: slice name 'all' cannot be used")]
    [InlineData("owner: tests", "owner: tests\nwatch: { afterPromotion: { duration: 1h, interval: 2h } }", "3: 'interval' is 02:00:00 of a 'duration' of 01:00:00")]
    [InlineData("owner: tests", "owner: tests\nwatch: { afterPromotion: { interval: 1s } }", "3: 'interval' makes 604800 looks of 'duration'; expected at most 10000")]
    [InlineData("owner: tests", "owner: tests\nwatch: { afterPromotion: { rollback: sometimes } }", "3: 'watch.afterPromotion.rollback'")]
    public void Read_PartsThatDoNotFit_NamesLineAndFix(string old, string changed, string expected)
    {
        folder.Change(old, changed);

        Assert.StartsWith($"models/toy/model.yaml:{expected}", Message(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralProblems_ReportsAllInOrderOfTheFile()
    {
        folder.Change("owner: tests", "ownr: tests");
        folder.Change("minimum: 0", "minimum: low");

        ModelDefinitionException exception = Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path));

        Assert.Equal([1, 2, 17], exception.Problems.Select(problem => problem.Line));
    }

    private string Message() => Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path)).Message;
}
