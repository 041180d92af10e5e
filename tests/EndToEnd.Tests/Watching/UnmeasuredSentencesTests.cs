using Lifecycle.Data;
using Lifecycle.Storage;
using Lifecycle.Watching;

namespace Lifecycle.EndToEnd.Tests.Watching;

/// <summary>What a window's rows do not allow is a sentence; what fails outside of them is thrown, and a retry may mend it.</summary>
public sealed class UnmeasuredSentencesTests
{
    public static TheoryData<string> OfTheRows() =>
        ["data", "deadline", "argument", "range", "division", "overflow", "empty sequence"];

    public static TheoryData<string> OfTheOutside() => ["store away", "artifact altered", "disk", "cancelled"];

    [Theory]
    [MemberData(nameof(OfTheRows))]
    public void Measurement_ThatItsRowsDoNotAllow_IsASentence(string why)
    {
        UnmeasuredSentences sentences = new();

        Assert.Null(sentences.Unless<string>("shape", () => throw Failure(why)));
        Assert.Equal("measured", sentences.Unless("size", () => "measured"));

        string sentence = Assert.Single(sentences.All);
        Assert.StartsWith("The shape is inconclusive because ", sentence, StringComparison.Ordinal);
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OfTheOutside))]
    public void Measurement_ThatFailsOutsideOfItsRows_IsThrown(string why)
    {
        Exception failure = Failure(why);
        UnmeasuredSentences sentences = new();

        Assert.Same(failure, Assert.ThrowsAny<Exception>(() => sentences.Unless<string>("shape", () => throw failure)));
        Assert.Empty(sentences.All);
    }

    [Fact]
    public void Sentence_ThatQuotesARowWithoutEnd_IsCut()
    {
        UnmeasuredSentences sentences = new();

        sentences.Unless<string>("shape", () => throw new InvalidDataSourceException($"no number\n{new string('x', 1 << 20)}"));

        Assert.InRange(Assert.Single(sentences.All).Length, 500, 600);
        Assert.DoesNotContain('\n', sentences.All[0]);
    }

    private static Exception Failure(string why) => why switch
    {
        "data" => new InvalidDataSourceException("a figure is no number in the window"),
        "deadline" => new DataDeadlineException("comparing", TimeSpan.FromMinutes(1), new TimeoutException()),
        "argument" => new ArgumentException("the samples are empty"),
        "range" => new ArgumentOutOfRangeException(nameof(why), 0, "a probability in (0, 1) is expected"),
        "division" => new DivideByZeroException(),
        "overflow" => new OverflowException(),
        "empty sequence" => new InvalidOperationException("Sequence contains no elements."),
        "store away" => new StoreUnavailableException("http://127.0.0.1:1", "it does not answer", new TimeoutException()),
        "artifact altered" => new ArtifactCorruptedException("artifact:sha256/0", "sha256 1", "sha256 0", "the store"),
        "disk" => new IOException("No space left on device"),
        _ => new OperationCanceledException(),
    };
}
