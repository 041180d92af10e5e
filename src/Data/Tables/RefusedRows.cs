using System.Globalization;

namespace Lifecycle.Data.Tables;

/// <summary>Counts the rows of a file, and refuses a file of which too many are refused.</summary>
/// <param name="name">The file's name for people.</param>
internal sealed class RefusedRows(string name)
{
    /// <summary>Refused rows that no file is refused for, however few rows it has.</summary>
    public const int Taken = 10;

    /// <summary>Largest share of refused rows with which a file is taken, unless told.</summary>
    public const double TakenShare = 0.05;

    private (long Line, string Fault)? first;

    /// <summary>Rows so far, the refused ones among them.</summary>
    public long RowCount { get; private set; }

    /// <summary>Refused rows so far.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>Counts a row.</summary>
    public void Count(long line, string? fault)
    {
        RowCount++;
        RefusedCount += fault is null ? 0 : 1;
        first ??= fault is null ? null : (line, fault);
    }

    /// <summary>Judges the file, once all its rows were counted.</summary>
    /// <exception cref="InvalidDataSourceException">It has no rows, or too many are refused.</exception>
    public void Judge(double maximumShare)
    {
        if (RowCount == 0)
        {
            throw new InvalidDataSourceException($"{ShownText.Of(name)} has no rows; was it written completely?");
        }

        if (RefusedCount > Math.Max(Taken, maximumShare * RowCount))
        {
            throw new InvalidDataSourceException(string.Create(
                CultureInfo.InvariantCulture,
                $"{ShownText.Of(name)}: {RefusedCount} of {RowCount} rows are refused, and at most {maximumShare:P0} may be; the first is line {first!.Value.Line}: {first.Value.Fault}"));
        }
    }
}
