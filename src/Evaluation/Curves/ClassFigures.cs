namespace Lifecycle.Evaluation.Curves;

/// <summary>
/// How well a model finds one class of several, where each row is answered with its likeliest class; a figure that means nothing on the
/// rows is null.
/// </summary>
/// <param name="Class">The class.</param>
/// <param name="Precision">Of the rows answered with the class, the share that is of it; null where no row was.</param>
/// <param name="Recall">Of the rows of the class, the share that was answered with it; null where there is none.</param>
/// <param name="HarmonicMean">F1, the harmonic mean of both; null where the class is neither seen nor answered.</param>
/// <param name="AreaUnderCurve">AUC of the class's probability against all other classes; null without rows of the class or of others.</param>
public sealed record ClassFigures(string Class, double? Precision, double? Recall, double? HarmonicMean, double? AreaUnderCurve);
