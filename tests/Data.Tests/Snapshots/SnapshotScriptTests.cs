using Lifecycle.Data.Snapshots;

namespace Lifecycle.Data.Tests.Snapshots;

public sealed class SnapshotScriptTests
{
    [Theory]
    [InlineData("SELECT 1", "", "SELECT 1")]
    [InlineData("SELECT 1;\n-- the end;\n", "", "SELECT 1")]
    [InlineData("CREATE TABLE a AS SELECT ';';\nSELECT * FROM a;;", "CREATE TABLE a AS SELECT ';';", "SELECT * FROM a")]
    [InlineData("SET x = $$a;b$$; SELECT $t$;$$;$t$", "SET x = $$a;b$$;", "SELECT $t$;$$;$t$")]
    [InlineData("/* ; */ A; -- ;\nSELECT \"a;b\" /* ; */", "/* ; */ A;", "-- ;\nSELECT \"a;b\" /* ; */")]
    public void Parse_Separators_CountOnlyBetweenStatements(string text, string preparation, string selection)
    {
        SnapshotScript script = SnapshotScript.Parse("snapshot.sql", text);

        Assert.Equal((preparation, selection), (script.Preparation.Trim(), script.Selection));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ; -- nothing\n")]
    [InlineData("/* nothing */")]
    public void Parse_NoStatement_IsRefused(string text)
    {
        InvalidDataSourceException exception = Assert.Throws<InvalidDataSourceException>(() => SnapshotScript.Parse("snapshot.sql", text));

        Assert.Equal("script 'snapshot.sql' has no statement; its last statement must select the rows", exception.Message);
    }
}
