using FsCheck;
using FsCheck.Fluent;

namespace Webhooks.Sdk.Tests.Support;

/// <summary>Runs a property on generated values. A failure throws with the smallest counterexample and the seed that repeats it.</summary>
internal static class Properties
{
    public static void ForAll<T>(Gen<T> values, Func<T, bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true), Prop.ForAll(values.ToArbitrary(), holds));

    /// <summary>For a body that asserts by throwing.</summary>
    public static void ForAll<T>(Gen<T> values, Action<T> holds) => ForAll(values, value =>
    {
        holds(value);
        return true;
    });
}
