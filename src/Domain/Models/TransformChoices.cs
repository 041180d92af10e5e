namespace Lifecycle.Domain.Models;

/// <summary>What a missing number becomes.</summary>
public enum Imputation
{
    /// <summary>It stays missing, NaN.</summary>
    None,

    /// <summary>The mean of the TrainingSet.</summary>
    Mean,

    /// <summary>The median of the TrainingSet.</summary>
    Median,

    /// <summary>A constant that the definition gives.</summary>
    Constant,
}

/// <summary>What a level without a feature of its own is.</summary>
public enum UnknownLevel
{
    /// <summary>All zeros.</summary>
    None,

    /// <summary>A feature of its own.</summary>
    Own,
}

/// <summary>A part of a point in time.</summary>
public enum DatePart
{
    /// <summary>Hour of the day, 0 to 23.</summary>
    Hour,

    /// <summary>Day of the week, Monday is 1, Sunday 7 (ISO 8601).</summary>
    DayOfWeek,

    /// <summary>Day of the month, 1 to 31.</summary>
    DayOfMonth,

    /// <summary>Month of the year, 1 to 12.</summary>
    Month,

    /// <summary>Year.</summary>
    Year,
}

/// <summary>What an occurrence of a term counts.</summary>
public enum TermWeight
{
    /// <summary>One.</summary>
    Tf,

    /// <summary>ln((1 + rows) / (1 + rows with the term)) + 1, of the TrainingSet: a rare term counts more.</summary>
    TfIdf,
}
