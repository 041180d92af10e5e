namespace Lifecycle.Evaluation.Metrics;

/// <summary>Rows with neighbouring predictions, and how often class 1 really occurred among them.</summary>
/// <param name="RowCount">Rows in the bin.</param>
/// <param name="Share">Their share of the slice's weight.</param>
/// <param name="Predicted">Mean predicted probability, corrected for the slice's label rate.</param>
/// <param name="Observed">Share of class 1 observed.</param>
/// <param name="Lower">Lower bound of the observed share's 95% interval.</param>
/// <param name="Upper">Upper bound of the observed share's 95% interval.</param>
public sealed record CalibrationBin(int RowCount, double Share, double Predicted, double Observed, double Lower, double Upper);
