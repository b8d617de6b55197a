using Microsoft.AspNetCore.Http;

namespace Webhooks.Sdk.AspNetCore.Management.Requests;

/// <summary>A body that was read, or the answer that refuses it.</summary>
internal readonly struct Given<T>
{
    private readonly HashSet<string> _names;

    public Given(T value, HashSet<string> names)
    {
        Value = value;
        _names = names;
    }

    public Given(IResult refusal)
    {
        Value = default!;
        Refusal = refusal;
        _names = [];
    }

    public T Value { get; }

    public IResult? Refusal { get; }

    /// <summary>The body named this member. What it named as null shall go; what it did not name stays.</summary>
    public bool Has(string name) => _names.Contains(name);
}
