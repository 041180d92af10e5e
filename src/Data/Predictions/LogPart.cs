namespace Lifecycle.Data.Predictions;

/// <summary>An immutable file of the prediction log or of its labels: the rows of one day, named by their digest.</summary>
/// <param name="Day">Day in UTC: of the events for predictions, of becoming known for labels.</param>
/// <param name="Path">Where the file lies on this machine.</param>
/// <param name="Sha256">Lowercase hexadecimal SHA-256 of the file.</param>
/// <param name="RowCount">Rows in it.</param>
public sealed record LogPart(DateOnly Day, string Path, string Sha256, long RowCount);
