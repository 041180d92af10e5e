namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>
/// The civil date of a timestamp in whole numbers of the graph (Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days):
/// years begin in March, so that the leap day is the last, and repeat every 146,097 days.
/// </summary>
internal sealed class DateNodes(ColumnNodes nodes)
{
    private const long MicrosecondsPerDay = 86_400_000_000;
    private const long DaysPerEra = 146_097;
    private const long DaysFromYearZero = 719_468;

    private readonly Dictionary<string, string> written = new(StringComparer.Ordinal);

    /// <summary>Days since 1970, int64 [N, 1].</summary>
    public string Days => FloorDivide("days", nodes.Raw, MicrosecondsPerDay);

    /// <summary>Day of the month, from 1.</summary>
    public string DayOfMonth => Add("day_of_month", Subtract("days_since_first", DayOfYear, Divide("days_of_months", Add("days_of_months_raw", Multiply("month_days", MonthFromMarch, 153), 2), 5)), 1);

    /// <summary>Month, from 1.</summary>
    public string Month => Once("month", step => nodes.Node(
        "Where", step, [nodes.Node("Less", "is_before_january", [MonthFromMarch, nodes.Integer("months_of_first_year", 10)]), Add("month_of_year", MonthFromMarch, 3), Add("month_of_next_year", MonthFromMarch, -9)]));

    /// <summary>Year.</summary>
    public string Year => Once("year", step => nodes.Node(
        "Where", step, [nodes.Node("Less", "is_of_first_year", [MonthFromMarch, nodes.Integer("months_of_first_year", 10)]), YearFromMarch, Add("next_year", YearFromMarch, 1)]));

    /// <summary>Appends an addition of a constant.</summary>
    public string Add(string step, string value, long constant) => WithConstant("Add", step, value, constant);

    /// <summary>Appends a division towards zero; of numbers that are not negative.</summary>
    public string Divide(string step, string value, long constant) => WithConstant("Div", step, value, constant);

    /// <summary>Appends a remainder that is never negative.</summary>
    public string Remainder(string step, string value, long constant) => WithConstant("Mod", step, value, constant);

    private string ShiftedDays => Add("shifted_days", Days, DaysFromYearZero);

    private string DayOfEra => Remainder("day_of_era", ShiftedDays, DaysPerEra);

    private string YearOfEra => Divide(
        "year_of_era",
        Subtract("days_of_years", Sum("days_and_centuries", Subtract("days_without_leap", DayOfEra, Divide("leap_days", DayOfEra, 1460)), Divide("centuries", DayOfEra, 36_524)), Divide("eras", DayOfEra, 146_096)),
        365);

    private string YearFromMarch => Sum("year_from_march", YearOfEra, Multiply("years_of_eras", FloorDivide("era", ShiftedDays, DaysPerEra), 400));

    private string DayOfYear => Subtract(
        "day_of_year", DayOfEra, Subtract("days_before_year", Sum("days_and_leap_days", Multiply("plain_days", YearOfEra, 365), Divide("leap_years", YearOfEra, 4)), Divide("plain_centuries", YearOfEra, 100)));

    private string MonthFromMarch => Divide("month_from_march", Add("month_raw", Multiply("day_fifths", DayOfYear, 5), 2), 153);

    private string FloorDivide(string step, string value, long constant) =>
        Divide(step, Subtract($"{step}_whole", value, Remainder($"{step}_rest", value, constant)), constant);

    private string Multiply(string step, string value, long constant) => WithConstant("Mul", step, value, constant);

    private string Sum(string step, string one, string other) => Once(step, name => nodes.Node("Add", name, [one, other]));

    private string Subtract(string step, string from, string what) => Once(step, name => nodes.Node("Sub", name, [from, what]));

    private string WithConstant(string operation, string step, string value, long constant) =>
        Once(step, name => nodes.Node(operation, name, [value, nodes.Integer($"{name}_by", constant)]));

    private string Once(string step, Func<string, string> write)
    {
        if (!written.TryGetValue(step, out string? name))
        {
            name = write(step);
            written[step] = name;
        }

        return name;
    }
}
