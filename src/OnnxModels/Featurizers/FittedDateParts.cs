using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Protocol;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>
/// Parts of a point in time on the column's own clock, in whole numbers: days and seconds by floor division, so that times before 1970 are
/// right, and the civil date from days by Howard Hinnant's algorithm. There is nothing to fit.
/// </summary>
internal sealed record FittedDateParts(RowTransform.DateParts Definition, InputColumn Column)
    : FittedTransform([.. Definition.Parts.SelectMany(part => NamesOf(part, Column, Definition.Cyclic))])
{
    private const long MicrosecondsPerDay = 86_400_000_000;
    private const long MicrosecondsPerHour = 3_600_000_000;

    public override string Compile(FeaturizerGraph graph)
    {
        ColumnNodes nodes = graph[Column];
        DateNodes dates = new(nodes);
        return nodes.Beside("dates", [.. Definition.Parts.SelectMany(part => Compile(nodes, dates, part))]);
    }

    private string[] Compile(ColumnNodes nodes, DateNodes dates, DatePart part)
    {
        string step = NameOf(part);
        string number = part switch
        {
            DatePart.Hour => dates.Divide("hour", dates.Remainder("time_of_day", nodes.Raw, MicrosecondsPerDay), MicrosecondsPerHour),
            DatePart.DayOfWeek => dates.Add("day_of_week", dates.Remainder("days_since_monday", dates.Add("weekday_shift", dates.Days, 3), 7), 1),
            DatePart.DayOfMonth => dates.DayOfMonth,
            DatePart.Month => dates.Month,
            _ => dates.Year,
        };
        if (!Definition.Cyclic)
        {
            return [nodes.Missing($"{step}_or_missing", nodes.Cast($"{step}_float", number, DataType.Float))];
        }

        (int first, int cycle) = CycleOf(part);
        string since = dates.Add($"{step}_since_first", number, -first);
        return [Turned(nodes, since, $"{step}_sine", cycle, Math.Sin), Turned(nodes, since, $"{step}_cosine", cycle, Math.Cos)];
    }

    // A table, since the operators Sin and Cos give other last bits to a row alone than to one in a batch.
    private static string Turned(ColumnNodes nodes, string since, string step, int cycle, Func<double, double> function)
    {
        string table = nodes.Floats($"{step}_table", [.. Enumerable.Range(0, cycle).Select(turn => (float)function(2 * Math.PI * turn / cycle))], cycle);
        return nodes.Missing($"{step}_or_missing", nodes.Node("Gather", step, [table, since], Attributes.Integer("axis", 0)));
    }

    // A month of 31 days, whichever it is.
    private static (int First, int Cycle) CycleOf(DatePart part) => part switch
    {
        DatePart.Hour => (0, 24),
        DatePart.DayOfWeek => (1, 7),
        DatePart.DayOfMonth => (1, 31),
        DatePart.Month => (1, 12),
        _ => throw new InvalidFeatureViewException($"{NameOf(part)} has no cycle"),
    };

    private static string[] NamesOf(DatePart part, InputColumn column, bool cyclic)
    {
        string name = $"{NameOf(part)}({column.Name})";
        return cyclic ? [$"sin({name})", $"cos({name})"] : [name];
    }

    private static string NameOf(DatePart part) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(part.ToString());
}
