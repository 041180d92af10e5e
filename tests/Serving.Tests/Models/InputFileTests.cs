using System.Text;
using Lifecycle.Domain.Files;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Serving.Models;
using Microsoft.Extensions.Time.Testing;

namespace Lifecycle.Serving.Tests.Models;

public sealed class InputFileTests : IDisposable
{
    private static readonly InputSchema Text = new([new() { Name = "domain", Type = InputType.HostName }]);

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Stream_OfJson_IsReadLikeAFile()
    {
        GivenRows rows = await ReadAsync("""{"place": "JFK", "x": 12.5}""");
        Assert.Equal(["JFK", "12.5", null], Assert.Single(rows.Rows).Values);
    }

    [Theory]
    [InlineData("", "standard input is empty")]
    [InlineData("{\"place\": \"JFK\"", "standard input, line 1: the JSON object that begins here is never closed")]
    [InlineData("{\"plaec\": \"JFK\"}", "standard input, line 1: the model does not read the column 'plaec'; did you mean 'place'?")]
    [InlineData("{\"place\": \"JFK\", \"Place\": \"ATL\"}", "standard input, line 1: the columns 'place' and 'Place' differ only in case")]
    public async Task Stream_ThatIsNoTableOfTheModel_IsRefused(string text, string refusal) => Assert.Contains(
        refusal, (await Assert.ThrowsAsync<UnusableFileException>(() => ReadAsync(text))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Stream_WithoutEnd_IsRefusedAtTheBound()
    {
        using Endless content = new();
        UnusableFileException refused = await Assert.ThrowsAsync<UnusableFileException>(
            () => InputFile.ReadAsync(content, "standard input", TypedModels.Schema, [], TestContext.Current.CancellationToken));
        Assert.Equal("standard input has more bytes, expected at most 67108864; split it, or use 'lifecycle score'", refused.Message);
    }

    [Fact]
    public void File_ThatIsNone_IsRefusedBeforeItIsRead()
    {
        Assert.Contains("is missing", Assert.Throws<UnusableFileException>(() => InputFile.Require(Path.Combine(folder.Path, "none.csv"))).Message, StringComparison.Ordinal);
        Assert.Throws<NotRegularFileException>(() => InputFile.Require(folder.Path));
    }

    [Fact]
    public void FileOfTexts_IsReadAsImportsReadTheirs()
    {
        string path = Path.Combine(folder.Path, "domains.txt");
        File.WriteAllText(path, "gmail.com\nb.example\n");
        GivenRows rows = InputFile.ReadTexts(path, Text, column: null, new FakeTimeProvider());
        Assert.Equal([(1L, "gmail.com"), (2L, "b.example")], rows.Rows.Select(row => (row.Line!.Value, row.Values[0]!)));
        Assert.Equal(["gmail.com", "b.example"], ((InputValues.Texts)rows.Sound.Columns[0]).Values);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<GivenRows> ReadAsync(string text)
    {
        using MemoryStream content = new(Encoding.UTF8.GetBytes(text));
        return await InputFile.ReadAsync(content, "standard input", TypedModels.Schema, [], TestContext.Current.CancellationToken);
    }

    private sealed class Endless : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'a');
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
