using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Lifecycle.Activities.Stages;
using Lifecycle.EndToEnd.Tests.Isolation;
using Lifecycle.Worker.Stages;
using Temporalio.Exceptions;

namespace Lifecycle.Activities.Tests.Isolation;

/// <summary>A worker and a child that says anything at all, or ends in any way: real processes, each a line of shell.</summary>
public sealed class ChildProtocolTests
{
    private const string ReadAll = ShellStages.ReadAll;

    public static TheoryData<string, string> Answers() => new()
    {
        { "as it is", """printf '\n{"answer":{"value":{"rows":7}}}\n'""" },
        { "after garbage of a native library", """printf '[LightGBM] [Info] {"answer\n'; printf '\n{"answer":{"value":{"rows":7}}}\n'""" },
        { "after half a line without its end", """printf '{"answer":{"val'; printf '\n{"answer":{"value":{"rows":7}}}\n'""" },
        { "after JSON that is none of ours", """printf '{"a":1}\n[1]\nnull\n{"answer":7}\n'; printf '\n{"answer":{"value":{"rows":7}}}\n'""" },
        { "after bytes that are no text", """printf '\377\376\000\001\n'; printf '\n{"answer":{"value":{"rows":7}}}\n'""" },
        { "after a line of nine megabytes", """head -c 9000000 /dev/zero | tr '\0' x; printf '\n{"answer":{"value":{"rows":7}}}\n'""" },
        { "after nine megabytes of errors", """head -c 9000000 /dev/zero | tr '\0' x >&2; printf '\n{"answer":{"value":{"rows":7}}}\n'""" },
        { "before it crashes", """printf '\n{"answer":{"value":{"rows":7}}}\n'; kill -SEGV $$""" },
        { "and then never ends", """printf '\n{"answer":{"value":{"rows":7}}}\n'; sleep 1000""" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Child_ThatAnswers_IsUnderstood(string how, string script)
    {
        JsonElement answer = await RunAsync($"{ReadAll}{script}");
        Assert.True(answer.GetProperty("rows").GetInt32() == 7, how);
    }

    [Fact]
    public async Task Child_ThatTellsHowFarItIs_IsHeard_AndCutShort()
    {
        ConcurrentQueue<string> told = [];
        await RunAsync(
            ReadAll + """printf '\n{"progress":"1 of 2 trees"}\n{"progress":7}\n{"progress":"%0500d"}\n' 0; printf '\n{"answer":{"value":{"rows":7}}}\n'""", told: told.Enqueue);

        Assert.Equal(["1 of 2 trees", new string('0', 200)], told);
    }

    [Theory]
    [InlineData("printf '\\n{\"failure\":{\"type\":\"InvalidData\",\"message\":\"line 7\",\"nonRetryable\":true}}\\n'", "InvalidData", "line 7", true)]
    [InlineData("printf '\\n{\"failure\":{\"type\":\"HttpRequestException\",\"message\":\"no answer\",\"nonRetryable\":false}}\\n'", "HttpRequestException", "no answer", false)]
    [InlineData("printf '\\n{\"failure\":{\"type\":\"MemoryExceeded\",\"message\":\"heap\",\"nonRetryable\":true}}\\n'", "MemoryExceeded", "of the 300 MB", false)]
    [InlineData("printf '\\n{\"failure\":{\"type\":\"DeadlineExceeded\",\"message\":\"600 s\",\"nonRetryable\":true}}\\n'", "DeadlineExceeded", "600 s; its peak was", false)]
    [InlineData("kill -SEGV $$", "StageCrashed", "SIGSEGV", false)]
    [InlineData("kill -ABRT $$", "StageCrashed", "SIGABRT", false)]
    [InlineData("kill -BUS $$", "StageCrashed", "SIGBUS", false)]
    [InlineData("kill -ILL $$", "StageCrashed", "SIGILL", false)]
    [InlineData("kill -FPE $$", "StageCrashed", "SIGFPE", false)]
    [InlineData("kill -KILL $$", "MemoryExceeded", "exit 137", false)]
    [InlineData("exit 0", "StageCrashed", "exit code 0", false)]
    [InlineData("exit 3", "StageCrashed", "exit code 3", false)]
    [InlineData("echo 'terminate called: out of luck' >&2; exit 3", "StageCrashed", "out of luck", false)]
    [InlineData("printf '{\"answer\":{\"value\":7}}'", "StageCrashed", "without an answer", false)]
    [InlineData("sleep 1000 & sleep 1000", "DeadlineExceeded", "within 2 s", false)]
    [InlineData("head -c 900000000 /dev/zero | tail", "MemoryExceeded", "of the 300 MB", false)]
    public async Task Child_ThatFails_IsATypedFailure(string script, string type, string told, bool isFinal)
    {
        ApplicationFailureException failure = await FailureAsync($"{ReadAll}{script}", attempt: 1);
        Assert.Equal((type, isFinal), (failure.ErrorType, failure.NonRetryable));
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kill -SEGV $$")]
    [InlineData("kill -KILL $$")]
    [InlineData("exit 0")]
    public async Task Child_ThatEndsWithoutAnswerOnASecondAttempt_IsFinal(string script) =>
        Assert.True((await FailureAsync($"{ReadAll}{script}", attempt: 2)).NonRetryable);

    [Fact]
    public async Task Child_WithALongMessage_IsCut()
    {
        ApplicationFailureException failure = await FailureAsync(
            ReadAll + """printf '\n{"failure":{"type":"InvalidData","message":"'; head -c 100000 /dev/zero | tr '\0' x; printf '","nonRetryable":true}}\n'""", attempt: 1);
        Assert.InRange(failure.Message.Length, 3000, 4096);
    }

    [Fact]
    public async Task Child_OfACancelledCall_IsGoneWithWhatItStarted()
    {
        using TemporaryFolder folder = new();
        string pids = Path.Combine(folder.Path, "pids");
        using CancellationTokenSource stop = new();
        Task<JsonElement> call = RunAsync($"{ReadAll}sleep 1000 & echo $$ $! > {pids}.new; mv {pids}.new {pids}; sleep 1000", cancellation: stop.Token);
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(2));
        while (!File.Exists(pids))
        {
            await Task.Delay(20, limit.Token);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        foreach (string id in (await File.ReadAllTextAsync(pids)).Split(' ', StringSplitOptions.TrimEntries))
        {
            await StageChildren.GoneAsync(int.Parse(id), TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public void Environment_OfAChild_HoldsNoSecretOfTheOperator()
    {
        Dictionary<string, string?> environment = new()
        {
            ["PATH"] = "/bin", ["HOME"] = "/root", ["npm_config_registry"] = "r", ["https_proxy"] = "p", ["LIFECYCLE_HOME"] = "h", ["LIFECYCLE_WEBHOOK_SECRET"] = "s",
            ["TEMPORAL_API_KEY"] = "k", ["SMTP_PASSWORD"] = "s", ["AWS_SECRET_ACCESS_KEY"] = "a", ["LIFECYCLE_BLOB"] = "b", ["PGPASSWORD"] = "g",
        };
        StageEnvironment.Reduce(environment, 4096, "/scratch");
        Assert.Equal(
            ["DOTNET_EnableDiagnostics", "DOTNET_GCHeapHardLimit", "HOME", "PATH", "TEMP", "TMP", "TMPDIR", "https_proxy", "npm_config_registry"],
            environment.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("c0000000", environment["DOTNET_GCHeapHardLimit"]);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a\nbb\n", 2)]
    [InlineData("a\nbb", 1)]
    [InlineData("\n\n", 2)]
    [InlineData("123456789\n1\n", 1)]
    [InlineData("12345678\n", 1)]
    [InlineData("12345678901234567890", 0)]
    public async Task Lines_OfAnyStream_AreBounded(string text, int count)
    {
        BoundedLines lines = new(new MemoryStream(Encoding.UTF8.GetBytes(text)), maximumBytes: 8);
        int found = 0;
        while (await lines.ReadAsync() is { } line)
        {
            Assert.InRange(line.Length, 0, 8);
            found++;
        }

        Assert.Equal(count, found);
    }

    private static async Task<ApplicationFailureException> FailureAsync(string script, int attempt) =>
        await Assert.ThrowsAsync<ApplicationFailureException>(() => RunAsync(script, attempt));

    private static async Task<JsonElement> RunAsync(string script, int attempt = 1, Action<string>? told = null, CancellationToken cancellation = default)
    {
        await using ShellStages shell = new(script, script.Contains("sleep 1000 & sleep", StringComparison.Ordinal) ? TimeSpan.FromSeconds(2) : null);
        return await shell.Stages.RunAsync(new StageCall("TakeSnapshot", JsonSerializer.SerializeToElement(1)) { Attempt = attempt }, told ?? (_ => { }), cancellation);
    }
}
