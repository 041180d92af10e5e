using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Predictions;

/// <summary>Reads the requests of one model out of a window's rows.</summary>
public static class WindowTraffic
{
    /// <summary>Most rows that are read: beyond it a fixed choice by request id, so that the same rows come again.</summary>
    public const int MaximumRows = 200_000;

    /// <summary>The requests that a model answered, in the order of their ids' digests.</summary>
    /// <param name="parquetPath">Rows that <see cref="PredictionWindow"/> wrote.</param>
    /// <param name="modelDigest">SHA-256 of the <c>model.onnx</c> that answered.</param>
    /// <param name="target">What it predicts; labels that are none of the target's are not known.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static ImmutableArray<TrafficRow> Read(
        string parquetPath, string modelDigest, Target target, DataLimits limits, CancellationToken cancellation = default) =>
        new DataWork("reading the traffic of a window", limits).Run(
            token =>
            {
                string folder = Path.GetDirectoryName(Path.GetFullPath(parquetPath))!;
                using DuckSession session = DuckSession.Open(limits, [folder], folder, token);
                return session.Rows(
                    string.Create(CultureInfo.InvariantCulture, $"""
                        SELECT input, prediction IS NULL, latency_microseconds, label, class
                        FROM read_parquet({Sql.Literal(Path.GetFullPath(parquetPath))})
                        WHERE model_digest = {Sql.Literal(modelDigest)}
                        ORDER BY md5(request_id), request_id LIMIT {MaximumRows}
                        """),
                    row => new TrafficRow(
                        row.GetString(0), row.GetBoolean(1),
                        row.IsDBNull(2) ? null : row.GetFloat(2),
                        LoggedRequest.LabelOf(target, row.IsDBNull(3) ? null : row.GetDouble(3), row.IsDBNull(4) ? null : row.GetString(4))));
            },
            cancellation);
}
