using Lifecycle.Domain.Artifacts;
using Lifecycle.Publishing.Trust;
using Lifecycle.Serving.Models;
using Lifecycle.Storage;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Trust;

/// <summary>The two ways in which the use of an attacked release may end.</summary>
internal static class Served
{
    /// <summary>It ends with what was signed, checked by the use itself, or is refused for what it is.</summary>
    public static async Task SignedOrRefusedAsync(Func<Task> use)
    {
        try
        {
            await use();
        }
        catch (Exception refused) when (IsRefusal(refused))
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    /// <summary>It is refused for what it is.</summary>
    public static async Task<Exception> RefusedAsync(Func<Task> use)
    {
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(use);
        Assert.True(IsRefusal(refused), $"{refused.GetType().Name} of {(refused as ApplicationFailureException)?.ErrorType}: {refused.Message}");
        return refused;
    }

    private static bool IsRefusal(Exception failure) => failure is NotServableException or ArtifactCorruptedException or UntrustedVersionException
        or ApplicationFailureException { ErrorType: FailureTypes.ArtifactCorrupted, NonRetryable: true };
}
