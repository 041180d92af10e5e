using System.CommandLine;
using Lifecycle.Cli.Output;
using Lifecycle.Cli.Verbs;

namespace Lifecycle.Cli.Tests.BadInput;

/// <summary>A command line that cannot be read is answered in a user's words: the option, what was found, what was expected.</summary>
public sealed class ParseErrorTextTests
{
    [Theory]
    [InlineData("up --begin-anew engin", "--begin-anew is 'engin', expected one of Engine, Temporal, Blobs, Trust")]
    [InlineData("up --engine remote", "--engine is 'remote', expected one of Local, Temporal")]
    [InlineData("up --port 99999", "--port is 99999, expected 0 to 65535")]
    [InlineData("up --port x", "--port is 'x', expected a whole number")]
    [InlineData("log show m --from 2024-13-01", "--from is '2024-13-01', expected a day such as 2024-03-01")]
    [InlineData("log import m --file f --earliest yesterday", "--earliest is 'yesterday', expected a day or a time with its zone, such as 2024-03-01 or 2024-03-01T12:00:00Z")]
    [InlineData("log import m --file f --maximum-refused-share x", "--maximum-refused-share is 'x', expected a number such as 0.05")]
    [InlineData("log import m --file f --maximum-refused-share 2", "--maximum-refused-share is 2, expected a share from 0 to 1, such as 0.05")]
    [InlineData("log import m --file f --maximum-refused-share -0.1", "--maximum-refused-share is -0.1, expected a share from 0 to 1, such as 0.05")]
    [InlineData("log import m --file f --maximum-refused-share NaN", "--maximum-refused-share is NaN, expected a share from 0 to 1, such as 0.05")]
    [InlineData("log import m --file ''", "--file is '', expected the path of a file")]
    [InlineData("score m --partition-rows abc", "--partition-rows is 'abc', expected a whole number")]
    [InlineData("score m --partition-rows 0", "--partition-rows is 0, expected 1 or more")]
    [InlineData("score m --parallel -1", "--parallel is -1, expected 1 or more")]
    [InlineData("retrain", "Required argument 'model' missing for command: 'retrain'")]
    public void CommandLine_ThatCannotBeRead_SaysWhatWasFoundAndExpected(string line, string expected)
    {
        Command root = new("lifecycle") { UpVerb.Create(), LogVerb.Create(), ScoreVerb.Create(), RetrainVerb.Create() };
        string[] arguments = [.. line.Split(' ').Select(argument => argument == "''" ? "" : argument)];
        ParseResult parsed = root.Parse(arguments);
        Assert.NotEmpty(parsed.Errors);
        Assert.Equal($"{expected}. See 'lifecycle --help'.", ParseErrorText.Of(parsed.Errors[^1]));
    }

    [Theory]
    [InlineData("log import m --file f --maximum-refused-share 0")]
    [InlineData("log import m --file f --maximum-refused-share 1")]
    [InlineData("log import m --file f")]
    [InlineData("score m --partition-rows 1 --parallel 1")]
    [InlineData("score m")]
    [InlineData("up --port 0")]
    public void CommandLine_WithinItsBounds_IsTaken(string line)
    {
        Command root = new("lifecycle") { UpVerb.Create(), LogVerb.Create(), ScoreVerb.Create() };
        Assert.Empty(root.Parse(line.Split(' ')).Errors);
    }
}
