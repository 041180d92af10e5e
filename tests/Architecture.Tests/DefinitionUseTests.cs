using System.Reflection;
using Lifecycle.Domain.Alerts;
using Lifecycle.Domain.Models;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lifecycle.Architecture.Tests;

/// <summary>What a team may write into a definition has an effect: every property is read by the product, beyond its own validation.</summary>
public sealed class DefinitionUseTests
{
    // An enum of one member leaves nothing to decide.
    private const string OfOneValue = "Lifecycle.Domain.Models.ModelDefinition::Task";

    [Fact]
    public void Property_OfADefinition_IsReadSomewhere()
    {
        HashSet<string> read = [.. Rooms.Names.Where(room => room != "Definitions").SelectMany(Reads)];
        string[] properties = [.. TypesOf(typeof(ModelDefinition), typeof(AlertPolicy)).SelectMany(PropertiesOf)];

        Assert.Contains("Lifecycle.Domain.Models.WatchDefinition::WindowRows", properties);
        Assert.True(properties.Length > 100, $"only {properties.Length} properties were found");
        Assert.Equal("", string.Join(", ", properties.Except(read).Except([OfOneValue])));
    }

    private static IEnumerable<string> PropertiesOf(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(property => property.SetMethod is not null)
        .Select(property => $"{type.FullName!.Replace('+', '/')}::{property.Name}");

    // A record, its variants, and whatever its properties are made of.
    private static HashSet<Type> TypesOf(params Type[] roots)
    {
        HashSet<Type> found = [];
        Queue<Type> next = new(roots);
        while (next.TryDequeue(out Type? type))
        {
            if (type.Assembly == typeof(ModelDefinition).Assembly && !type.IsEnum && found.Add(type))
            {
                Array.ForEach(type.GetProperties(BindingFlags.Public | BindingFlags.Instance), property => next.Enqueue(property.PropertyType));
                Array.ForEach([.. type.Assembly.GetTypes().Where(other => other.BaseType == type)], next.Enqueue);
            }
            else if (type.IsGenericType)
            {
                Array.ForEach(type.GetGenericArguments(), next.Enqueue);
            }
        }

        return found;
    }

    // Getters that are called by more than what the compiler makes of every record.
    private static IEnumerable<string> Reads(string room)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, $"Lifecycle.{room}.dll"));
        return
        [
            .. assembly.MainModule.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody && !IsOfEveryRecord(method))
                .SelectMany(method => method.Body.Instructions
                    .Where(instruction => instruction.OpCode.Code is Code.Call or Code.Callvirt)
                    .Select(instruction => (MethodReference)instruction.Operand)
                    .Where(called => called.Name.StartsWith("get_", StringComparison.Ordinal)))
                .Select(called => $"{called.DeclaringType.FullName}::{called.Name[4..]}"),
        ];
    }

    private static bool IsOfEveryRecord(MethodDefinition method) => method.Name is "PrintMembers" or "ToString" or "GetHashCode" or "Equals" or "<Clone>$";
}
