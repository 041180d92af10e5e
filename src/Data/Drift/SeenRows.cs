using System.Collections.Immutable;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tables;

namespace Lifecycle.Data.Drift;

/// <summary>Asks which rows of a side the TrainingSet holds, by their key.</summary>
public static class SeenRows
{
    /// <summary>For each row, by its number, whether the TrainingSet has a row of its key.</summary>
    /// <param name="trainingPath">The TrainingSet's rows.</param>
    /// <param name="sidePath">Rows that <see cref="AnsweredRows"/> wrote.</param>
    /// <param name="key">What makes two rows the same, such as <see cref="DriftFigures.SeenOf"/>.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataSourceException">A file is missing or damaged, or lacks a column of the key.</exception>
    public static ImmutableArray<bool> Of(string trainingPath, string sidePath, FigureDefinition key, DataLimits limits, CancellationToken cancellation) =>
        new DataWork("looking the rows up in the training set", limits).Run(
            token =>
            {
                using StagingFolder spill = new(sidePath);
                using DuckSession session = DuckSession.Open(limits, FigureRows.Folders(trainingPath, sidePath), spill.Path, token);
                string side = $"SELECT row, ({key.Expression}) AS key FROM {SplitColumns.TextSource(session, sidePath)}";
                string training = $"SELECT ({key.Expression}) AS key FROM {SplitColumns.TextSource(session, trainingPath)}";
                return session.Rows(
                    $"SELECT seen.key IS NOT NULL FROM ({side}) AS side LEFT JOIN (SELECT DISTINCT key FROM ({training}) SEMI JOIN ({side}) USING (key)) AS seen USING (key) ORDER BY row",
                    row => row.GetBoolean(0));
            },
            cancellation);
}
