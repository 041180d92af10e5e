using System.IO.Compression;
using System.Text;
using ZstdSharp;

namespace Lifecycle.Data.Tests.Tables;

/// <summary>Files as they should not be, and some that are odd and right: each with a piece of the refusal, or null where it is taken.</summary>
internal static class TableCorpus
{
    public static readonly Dictionary<string, (string Name, Func<byte[]> Content, string? Refusal)> Files = new()
    {
        ["plain"] = ("rows.csv", () => Utf8("host,p\na,0.5\n"), null),
        ["byte order mark"] = ("rows.csv", () => [0xEF, 0xBB, 0xBF, .. Utf8("host,p\na,0.5\n")], null),
        ["CR LF"] = ("rows.csv", () => Utf8("host,p\r\na,0.5\r\n"), null),
        ["no last line break"] = ("rows.csv", () => Utf8("host,p\na,0.5"), null),
        ["tabs"] = ("rows.tsv", () => Utf8("host\tp\na\t0.5\n"), null),
        ["formula cells"] = ("rows.csv", () => Utf8("host,p\n\"=cmd|' /C calc'!A0\",0.5\n@x,0.5\n"), null),
        ["quoted line break"] = ("rows.csv", () => Utf8("host,p\n\"a\r\nb\"\"c\",0.5\n"), null),
        ["JSON lines"] = ("rows.jsonl", () => Utf8("{\"host\":\"a\",\"p\":0.5}\n{\"host\":\"b\"}\n"), null),
        ["JSON array"] = ("rows.json", () => Utf8(" [ {\"host\":\"a}\\\"\"} ,\n{\"host\":\"b\",\"p\":null} ]\n"), null),
        ["gzip"] = ("rows.csv.gz", () => Gzip(Utf8("host,p\na,0.5\n")), null),
        ["zstd"] = ("rows.csv.zst", () => Zstd(Utf8("host,p\na,0.5\n")), null),
        ["Latin-1"] = ("rows.csv", () => Encoding.Latin1.GetBytes("host,p\na,0.5\ngrün,0.5\n"), "rows.csv, line 3: the byte 0xFC is no UTF-8"),
        ["Latin-1 behind a megabyte"] = ("rows.csv", () => [.. Utf8("host\n" + Lines(100_000, "a.example")), 0xE9, 0x0A], "rows.csv, line 100002: the byte 0xE9 is no UTF-8"),
        ["half a character at the end"] = ("rows.csv", () => [.. Utf8("host\na\n"), 0xC3], "rows.csv, line 3: the byte 0xC3 is no UTF-8"),
        ["overlong"] = ("rows.csv", () => [.. Utf8("host\n"), 0xC0, 0x80, 0x0A], "rows.csv, line 2: the byte 0xC0 is no UTF-8"),
        ["UTF-16"] = ("rows.csv", () => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("host,p\na,0.5\n")], "rows.csv is UTF-16"),
        ["UTF-16, big end first"] = ("rows.csv", () => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("host,p\n")], "rows.csv is UTF-16"),
        ["UTF-16 without its mark"] = ("rows.csv", () => Encoding.Unicode.GetBytes("host,p\na,0.5\n"), "rows.csv, line 1: holds a NUL"),
        ["NUL"] = ("rows.csv", () => Utf8("host,p\na,0.5\nb\0c,0.5\n"), "rows.csv, line 3: holds a NUL"),
        ["NUL in a quoted field"] = ("rows.csv", () => Utf8("host,p\n\"a\nb\0\",0.5\n"), "rows.csv, line 3: holds a NUL"),
        ["stray quote"] = ("rows.csv", () => Utf8("host\n" + Lines(498, "a") + "\"b\n" + Lines(502, "c")), "rows.csv, line 500: a quote opens a field here and is never closed"),
        ["stray quote before a quoted field"] = ("rows.csv", () => Utf8("host\n\"b\n" + Lines(50, "c") + "\"d\"\n"), "rows.csv, line 2: text follows the quote that closes"),
        ["quote inside a field"] = ("rows.csv", () => Utf8("host,p\na,0.5\nb\"c,0.5\n"), "rows.csv, line 3: a quote stands inside a field"),
        ["text behind a quote"] = ("rows.csv", () => Utf8("host,p\n\"a\"b,0.5\n"), "rows.csv, line 2: text follows the quote"),
        ["too many fields"] = ("rows.csv", () => Utf8("host,p\na,0.5\nb,0.5,c\n"), "rows.csv, line 3: the row has 3 fields; expected 2"),
        ["too few fields"] = ("rows.csv", () => Utf8("host,p\n\"a\nb\",0.5\nc\n"), "rows.csv, line 4: the row has 1 fields; expected 2"),
        ["column twice"] = ("rows.csv", () => Utf8("host,p,host\na,0.5,b\n"), "the header has the column 'host' twice"),
        ["CR alone"] = ("rows.csv", () => Utf8("host,p\ra,0.5\r"), "line 1: holds a carriage return without a line feed"),
        ["million columns"] = ("rows.csv", () => Utf8("host," + string.Join(',', Enumerable.Range(0, 1_000_000)) + "\na\n"), "line 1: a row has more than 10000 columns"),
        ["long line"] = ("rows.csv", () => Utf8("host\n" + new string('a', 2 << 20) + "\n"), "line 2: a field is longer than 1048576 characters"),
        ["long record"] = ("rows.csv", () => Utf8("a,b,c,d,e,f,g,h,host\n" + string.Join(',', Enumerable.Repeat(new string('a', 1 << 20), 9)) + "\n"), "line 2: a row is longer than 8388608 characters"),
        ["gzip of gzip"] = ("rows.csv.gz", () => Gzip(Gzip(Utf8("host\na\n"))), "rows.csv.gz is packed twice"),
        ["half a gzip"] = ("rows.csv.gz", () => Half(Gzip(Utf8("host\n" + Noise(50_000)))), "rows.csv.gz is damaged gzip"),
        ["altered gzip"] = ("rows.csv.gz", () => Altered(Gzip(Utf8("host\n" + Noise(50_000)))), "rows.csv.gz"),
        ["half a zstd"] = ("rows.csv.zst", () => Half(Zstd(Utf8("host\n" + Noise(50_000)))), "rows.csv.zst is damaged zstd"),
        ["gzip bomb"] = ("rows.csv.gz", () => Gzip([.. Utf8("host\n"), .. LongLines(70 << 20)]), "rows.csv.gz unpacks to more than 200 times"),
        ["Latin-1 in zstd"] = ("rows.csv.zst", () => Zstd(Encoding.Latin1.GetBytes("host\ngrün\n")), "rows.csv.zst, line 2: the byte 0xFC is no UTF-8"),
        ["ZIP"] = ("rows.csv", () => [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00], "rows.csv is a ZIP archive or a spreadsheet"),
        ["Arrow"] = ("rows.csv", () => Utf8("ARROW1\0\0"), "rows.csv is an Arrow file"),
        ["SQLite"] = ("rows.csv", () => Utf8("SQLite format 3\0"), "rows.csv is an SQLite database"),
        ["bzip2"] = ("rows.csv", () => Utf8("BZh91AY"), "rows.csv is bzip2"),
        ["packed Parquet"] = ("rows.csv.gz", () => Gzip(Utf8("PAR1....")), "is a packed Parquet file"),
        ["no Parquet"] = ("rows.parquet", () => Utf8("PAR1"), "rows.parquet"),
        ["JSON, a name twice"] = ("rows.jsonl", () => Utf8("{\"host\":\"a\"}\n{\"host\":\"a\",\"host\":\"b\"}\n"), "rows.jsonl, line 2: the JSON object that begins here cannot be read"),
        ["JSON too deep"] = ("rows.jsonl", () => Utf8("{\"host\":\"a\",\"d\":" + new string('[', 100_000) + new string(']', 100_000) + "}\n"), "rows.jsonl, line 1: the JSON object that begins here cannot be read"),
        ["JSON that ends too early"] = ("rows.jsonl", () => Utf8("{\"host\":\"a\"}\n{\"host\":\n\"b"), "rows.jsonl, line 2: the JSON object that begins here is never closed"),
        ["JSON with a NUL"] = ("rows.jsonl", () => Utf8("{\"host\":\"a\\u0000\"}\n"), "rows.jsonl, line 1: column 'host' holds a NUL"),
        ["JSON with half a character"] = ("rows.jsonl", () => Utf8("{\"host\":\"\\ud800\"}\n"), "rows.jsonl, line 1"),
        ["JSON with text behind"] = ("rows.json", () => Utf8("[{\"host\":\"a\"}]\nx"), "rows.json, line 2: text follows the end of the JSON array"),
        ["JSON and a number"] = ("rows.jsonl", () => Utf8("{\"host\":\"a\"}\n7\n"), "rows.jsonl, line 2: a row that is no JSON object"),
        ["empty"] = ("rows.csv", () => [], "is empty; was it written completely?"),
        ["empty gzip"] = ("rows.csv.gz", () => Gzip([]), "is empty"),
    };

    public static TheoryData<string> Cases => [.. Files.Keys];

    public static byte[] Gzip(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    public static byte[] Zstd(byte[] content)
    {
        using Compressor compressor = new();
        return compressor.Wrap(content).ToArray();
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Lines(int count, string line) => new StringBuilder().Insert(0, line + "\n", count).ToString();

    private static string Noise(int count) => string.Join('\n', Enumerable.Range(0, count).Select(i => (i * 7919L % 1_000_003).ToString("x", null)));

    private static byte[] LongLines(int bytes)
    {
        byte[] content = new byte[bytes];
        Array.Fill(content, (byte)'a');
        for (int at = 4095; at < bytes; at += 4096)
        {
            content[at] = (byte)'\n';
        }

        return content;
    }

    private static byte[] Half(byte[] content) => content[..(content.Length / 2)];

    private static byte[] Altered(byte[] content)
    {
        content[^6] ^= 0x55;
        return content;
    }
}
