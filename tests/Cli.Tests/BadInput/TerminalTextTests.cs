using System.Text.Json;
using Lifecycle.Cli.Output;
using Spectre.Console;

namespace Lifecycle.Cli.Tests.BadInput;

/// <summary>What data and definitions hold does not command the terminal of who looks at them.</summary>
public sealed class TerminalTextTests
{
    public static TheoryData<string, string> Commands { get; } = new()
    {
        { "\u001b[2J", "\\u001b[2J" },
        { "\u001b]8;;https://example.org\u001b\\click\u001b]8;;\u001b\\", "\\u001b]8;;https://example.org\\u001b\\click\\u001b]8;;\\u001b\\" },
        { "\u009b31m", "\\u009b31m" },
        { "\u001b]0;title\u0007", "\\u001b]0;title\\u0007" },
        { "good\rbad", "good\\u000dbad" },
        { "a\u0000b\u0008\u007f", "a\\u0000b\\u0008\\u007f" },
        { "user\u202Etxt.exe", "user\\u202etxt.exe" },
        { "a\u2066b\u2069\u200e\u061c", "a\\u2066b\\u2069\\u200e\\u061c" },
        { "zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff" },
        { "a\u2028b\u2029", "a\\u2028b\\u2029" },
        { "tag\U000E0041", "tag\\udb40\\udc41" },
        { "half" + '\ud83d', "half\\ud83d" },
    };

    public static TheoryData<string> Harmless { get; } = new() { "plain", "a\tb\nc", "Grüße, 日本, العربية, 😀", "back\\slash [markup] {brace}", "" };

    [Theory]
    [MemberData(nameof(Commands))]
    public void Line_WithWhatCommandsATerminal_ShowsItAsEscapes(string hostile, string shown)
    {
        using Screen screen = new();

        screen.Output.Error($"no model '{hostile}'");
        screen.Output.Progress(hostile);
        screen.Output.Results.Line(hostile);

        Assert.Equal($"error: no model '{shown}'\n{shown}\n{shown}\n", screen.Text);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Table_WithWhatCommandsATerminal_ShowsItAsEscapes(string hostile, string shown)
    {
        using Screen screen = new();
        Table table = Texts.Table("value");
        table.AddRow(new Text(hostile));

        screen.Output.Results.Write(table);
        screen.Output.Results.MarkupLineInterpolated($"[red]wrong[/] {hostile}");

        Assert.DoesNotContain(screen.Text, character => character != '\n' && char.IsControl(character));
        Assert.DoesNotContain('\u202e', screen.Text);

        // A table begins a new line where the value has one; the rest is shown as it is elsewhere.
        Assert.Contains(hostile.Contains('\u2028', StringComparison.Ordinal) ? shown[..1] : shown[..4], screen.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Document_WithWhatCommandsATerminal_IsEscapedAndStillTheSameJson(string hostile, string shown)
    {
        if (hostile.EndsWith('\ud83d'))
        {
            return;
        }

        using Screen screen = new(json: true);
        screen.Output.Document(new { value = hostile });

        Assert.DoesNotContain(screen.Text, character => character != '\n' && (char.IsControl(character) || char.GetUnicodeCategory(character) == System.Globalization.UnicodeCategory.Format));
        Assert.Equal(hostile, JsonDocument.Parse(screen.Text).RootElement.GetProperty("value").GetString());
        Assert.NotEmpty(shown);
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public void Safe_TextOfPeople_StaysAsItIs(string text) => Assert.Equal(text, TerminalText.Safe(text));

    [Fact]
    public void Visible_ValueWithALineBreak_StaysOnItsLine() => Assert.Equal("a\\u000aerror: no", Texts.Visible("a\nerror: no"));

    private sealed class Screen : IDisposable
    {
        private readonly StringWriter writer = new() { NewLine = "\n" };

        public Screen(bool json = false)
        {
            IAnsiConsole console = TerminalText.Guarded(AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No }));
            Output = new(json, console, console);
        }

        public CommandOutput Output { get; }

        public string Text => writer.ToString();

        public void Dispose() => writer.Dispose();
    }
}
