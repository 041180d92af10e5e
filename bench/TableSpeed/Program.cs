using System.Globalization;
using Lifecycle.TableSpeed;

// TableSpeed ROOT MODEL SNAPSHOT PREVIOUS [ROUNDS]: snapshot, contract and statistics against the same statements in a bare DuckDB.
// TableSpeed memory COMMAND [ARGUMENTS ...]: the most memory that a command's processes held at once.
switch (args)
{
    case ["memory", var program, .. var arguments]:
        return await ProcessMemory.MeasureAsync(program, arguments);
    case [var root, var model, var snapshot, var previous, .. var rounds] when rounds.Length <= 1:
        await StatementSpeed.MeasureAsync(root, model, snapshot, previous, rounds is [var told] ? int.Parse(told, CultureInfo.InvariantCulture) : 3);
        return 0;
    default:
        await Console.Error.WriteLineAsync("usage: TableSpeed ROOT MODEL SNAPSHOT PREVIOUS [ROUNDS]  or: TableSpeed memory COMMAND [ARGUMENTS ...]");
        return 2;
}
