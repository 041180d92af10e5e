using System.IO.Compression;
using System.Text;
using Lifecycle.Domain.Files;
using ZstdSharp;

namespace Lifecycle.Data.Tables;

/// <summary>How a file is packed, told by its first bytes.</summary>
internal enum TablePacking
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>gzip.</summary>
    Gzip,

    /// <summary>Zstandard.</summary>
    Zstandard,
}

/// <summary>
/// The bytes of a table without their packing: gzip and zstd are unpacked, once; what is no table is refused by the name of its
/// format. Told by the first bytes, never by the file's name.
/// </summary>
internal sealed class TableBytes
{
    private const int HeadBytes = 4096;

    private static readonly (byte[] Magic, string Format)[] Foreign =
    [
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive or a spreadsheet"),
        ([0x50, 0x4B, 0x05, 0x06], "an empty ZIP archive"),
        ("ARROW1"u8.ToArray(), "an Arrow file"),
        ([0xFF, 0xFF, 0xFF, 0xFF], "an Arrow stream"),
        ([0x4F, 0x62, 0x6A, 0x01], "an Avro file"),
        ("ORC"u8.ToArray(), "an ORC file"),
        ("PARE"u8.ToArray(), "an encrypted Parquet file"),
        ("BZh"u8.ToArray(), "bzip2"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz"),
        ([0x04, 0x22, 0x4D, 0x18], "LZ4"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
        ("SQLite format 3"u8.ToArray(), "an SQLite database"),
        ([0x89, 0x48, 0x44, 0x46], "an HDF5 file"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Office document"),
        ("%PDF"u8.ToArray(), "a PDF"),
        ([0xFF, 0xFE], "UTF-16"),
        ([0xFE, 0xFF], "UTF-16"),
    ];

    private readonly string path;
    private readonly string name;

    // Without it .NET reads a gzip file that ends too early as if it were whole.
    static TableBytes() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", isEnabled: true);

    /// <summary>Looks at a file.</summary>
    /// <exception cref="InvalidDataSourceException">It is missing, empty, or of a format that is no table.</exception>
    public TableBytes(string path, string name)
    {
        this.path = path;
        this.name = ShownText.Of(name);
        switch (FileFacts.Of(path).Kind)
        {
            case FileKind.Regular:
                break;
            case FileKind.Nothing:
                throw new InvalidDataSourceException($"{this.name} is missing; give the path of a file");
            case var kind:
                throw new InvalidDataSourceException(new NotRegularFileException(this.name, kind).Message);
        }

        using (FileStream file = RegularFile.Open(path))
        {
            Head = Read(file);
        }

        Packing = PackingOf(Head);
        if (Packing != TablePacking.None)
        {
            using Stream unpacked = Open();
            Head = Read(unpacked);
            RefusePackedTwice();
        }

        Refuse();
    }

    /// <summary>How the file is packed.</summary>
    public TablePacking Packing { get; }

    /// <summary>The first bytes, unpacked.</summary>
    public byte[] Head { get; }

    /// <summary>Whether it is a Parquet file.</summary>
    public bool IsParquet => Head.AsSpan().StartsWith("PAR1"u8);

    /// <summary>Whether it holds JSON objects, one after the other or in an array.</summary>
    public bool IsJson
    {
        get
        {
            string text = Encoding.UTF8.GetString(Head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
            string rest = text.Length > 0 ? text[1..].TrimStart() : "";
            return text switch
            {
                ['{', ..] => rest is "" or ['"' or '}', ..],
                ['[', ..] => rest is "" or ['{' or ']', ..],
                _ => false,
            };
        }
    }

    /// <summary>Opens the bytes, unpacked.</summary>
    public Stream Open()
    {
        FileStream file = RegularFile.Open(path);
        return Packing switch
        {
            TablePacking.Gzip => new UnpackedStream(new GZipStream(file, CompressionMode.Decompress), file.Length, name, "gzip"),
            TablePacking.Zstandard => new UnpackedStream(new DecompressionStream(file, leaveOpen: false), file.Length, name, "zstd"),
            _ => file,
        };
    }

    /// <summary>Refuses a file whose name says another packing than it has: scripts unpack by the name.</summary>
    /// <exception cref="InvalidDataSourceException">It does.</exception>
    public void RefuseOtherPacking()
    {
        (string ending, string packing) = Packing switch
        {
            TablePacking.Gzip => (".gz", "gzip"),
            TablePacking.Zstandard => (".zst", "zstd"),
            _ => ("", "not packed"),
        };
        string extension = Path.GetExtension(name).ToLowerInvariant();
        if (extension != ending && (ending.Length > 0 || extension is ".gz" or ".zst"))
        {
            throw new InvalidDataSourceException(
                $"{name} is {packing}, and its name says otherwise; scripts unpack by the name: {(ending.Length > 0 ? $"end it in {ending}" : "take the ending away")}");
        }
    }

    private static TablePacking PackingOf(ReadOnlySpan<byte> head) =>
        head.StartsWith<byte>([0x1F, 0x8B]) ? TablePacking.Gzip
        : head.StartsWith<byte>([0x28, 0xB5, 0x2F, 0xFD]) ? TablePacking.Zstandard
        : TablePacking.None;

    private static byte[] Read(Stream stream)
    {
        byte[] head = new byte[HeadBytes];
        return head[..stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
    }

    private void RefusePackedTwice()
    {
        if (PackingOf(Head) != TablePacking.None)
        {
            throw new InvalidDataSourceException($"{name} is packed twice; unpack it once");
        }

        if (IsParquet)
        {
            throw new InvalidDataSourceException($"{name} is a packed Parquet file; unpack it (Parquet packs its columns itself)");
        }
    }

    private void Refuse()
    {
        if (Head is [])
        {
            throw new InvalidDataSourceException($"{name} is empty; was it written completely?");
        }

        if (Foreign.FirstOrDefault(one => Head.AsSpan().StartsWith(one.Magic)) is { Format: { } format })
        {
            throw new InvalidDataSourceException(
                $"{name} is {format}; expected UTF-8 text (CSV, TSV, JSON or a value on each line; gzip and zstd are unpacked) or Parquet");
        }
    }
}
