using Lifecycle.Data.Definitions;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Definitions.Problems;

namespace Lifecycle.Data.Tests.Definitions;

/// <summary>SQL and regular expressions of a definition are put to the database when it is read.</summary>
public sealed class DefinitionSqlTests : IDisposable
{
    private const string Slice = "long: length(word) > 5";
    private const string Column = "word: { type: text, unique: true }";
    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Slice, "long: length(word) >", "26: slice 'long' is no boolean SQL expression over snapshot columns: ")]
    [InlineData(Slice, "long: length(wrod) > 5", "26: slice 'long' is no boolean SQL expression over snapshot columns: ")]
    [InlineData(Slice, "long: count(*) > 5", "26: slice 'long' is no boolean SQL expression over snapshot columns: ")]
    [InlineData(Slice, "long: 'nofunction(word)'", "26: slice 'long' is no boolean SQL expression over snapshot columns: ")]
    [InlineData(Slice, "long: 'true); DROP TABLE texts; SELECT (true'", "26: slice 'long' is no boolean SQL expression over snapshot columns: ")]
    [InlineData(Slice, "long: \"word IN (SELECT a FROM read_csv('/etc/passwd'))\"", "26: slice 'long' is no boolean SQL expression over snapshot columns: ")]
    [InlineData(Slice, "long: regexp_matches(word, '(')", "26: slice 'long' is no boolean SQL expression over snapshot columns: ")]
    [InlineData(Column, "word: { type: text, pattern: 'a(b' }", "the pattern of column 'word' is no regular expression (RE2)")]
    [InlineData(Column, "word: { type: text, pattern: '(?=x)x' }", "the pattern of column 'word' is no regular expression (RE2)")]
    [InlineData(Column, "word: { type: text, pattern: '(a)\\1' }", "the pattern of column 'word' is no regular expression (RE2)")]
    [InlineData(Column, "word: { type: text, pattern: '[z-a]' }", "the pattern of column 'word' is no regular expression (RE2)")]
    [InlineData(Column, "word: { type: text, pattern: 'a{3,2}' }", "the pattern of column 'word' is no regular expression (RE2)")]
    [InlineData("features:", "  distributions:\n    - { name: n, expression: length( }\nfeatures:", "distribution 'n' is no SQL expression over snapshot columns")]
    [InlineData("features:", "  distributions:\n    - { name: n, expression: wrod }\nfeatures:", "distribution 'n' is no SQL expression over snapshot columns")]
    [InlineData("features:", "  distributions:\n    - { name: n, expression: word, where: label > }\nfeatures:", "the 'where' of distribution 'n' is no SQL condition")]
    [InlineData("gate:", "watch:\n  protectedSlices: { free: word = 'a' }\ngate:", "slice 'free' is no boolean SQL expression over 'input'")]
    public void Read_WhatTheDatabaseDoesNotUnderstand_IsAProblemWithItsLine(string old, string changed, string expected)
    {
        folder.Change(old, changed);

        ModelDefinitionException wrong = Assert.Throws<ModelDefinitionException>(Read);

        DefinitionProblem problem = Assert.Single(wrong.Problems);
        Assert.Contains(expected, problem.ToString(), StringComparison.Ordinal);
        Assert.True(problem.Line > 0);
    }

    [Theory]
    [InlineData(Slice, "long: length(word) > 5 -- of five")]
    [InlineData(Slice, "long: \"word LIKE '%;%' OR share > 0.5\"")]
    [InlineData(Slice, "long: seen IS NULL")]
    [InlineData(Slice, "long: 'true) AND (label = 1'")]
    [InlineData(Column, "word: { type: text, pattern: '(?P<stem>[a-z]+)\\d*\\z' }")]
    [InlineData(Column, "word: { type: text, pattern: '\\p{Greek}|\\Qa.b\\E|\\pN' }")]
    [InlineData("seen:", "day: { type: timestamp, required: false }\n    seen:")]
    [InlineData("features:", "  distributions:\n    - { name: n, expression: length(word), where: label = 1 }\nfeatures:")]
    [InlineData("gate:", "watch:\n  protectedSlices: { free: input LIKE 'a%' }\ngate:")]
    public void Read_WhatTheDatabaseUnderstands_IsTaken(string old, string changed)
    {
        folder.Change(old, changed);

        Read();
    }

    [Theory]
    [InlineData("day - DATE '2024-01-01' > 30")]
    [InlineData("day - INTERVAL 1 DAY > TIMESTAMP '2024-01-01 00:00:00'")]
    [InlineData("year(day) = 2024")]
    public void Read_ATimestampColumn_MayBeAnyKindOfTime(string expression)
    {
        folder.Change("seen:", "day: { type: timestamp, required: false }\n    seen:");
        folder.Change(Slice, $"long: \"{expression}\"");

        Read();
    }

    [Fact]
    public void Read_ProblemsOfEveryKind_AreReportedInOnePass()
    {
        folder.Change(Slice, "long: length(wrod) > 5\n  short: length(");
        folder.Change(Column, "word: { type: text, pattern: '(' }");
        folder.Change("minimum: 0", "minimum: 0, maximum: -1");

        Assert.Equal(4, Assert.Throws<ModelDefinitionException>(Read).Problems.Length);
    }

    [Fact]
    public void Read_EveryModelOfTheCheckout_IsUnderstood() =>
        Assert.All(new ModelCatalog(Checkout.Models).Names, name => new ModelCatalog(Checkout.Models).Read(name, definition => new DefinitionSql(new DataLimits()).Check(definition, TestContext.Current.CancellationToken)));

    private void Read() => ModelDefinitionReader.Read(folder.Path, definition => new DefinitionSql(new DataLimits()).Check(definition, TestContext.Current.CancellationToken));
}
