using System.Collections;

namespace Webhooks.Sdk;

/// <summary>The headers of one request, in the order in which they were added. Envelopes and signers add theirs here.</summary>
public sealed class WebhookHeaders : IEnumerable<KeyValuePair<string, string>>
{
    private readonly List<Entry> _entries = new(8);

    internal readonly record struct Entry(string Name, string Value, bool Trusted);

    /// <summary>How many headers there are.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds a header. Its name and value are validated before they are sent; a bad one fails the attempt.</summary>
    public void Add(string name, string value) => _entries.Add(new(name, value, Trusted: false));

    /// <summary>Adds a header whose value we computed from a fixed alphabet or checked before, so that it need not be validated again.</summary>
    internal void AddTrusted(string name, string value) => _entries.Add(new(name, value, Trusted: true));

    internal Entry this[int index] => _entries[index];

    internal void Clear() => _entries.Clear();

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
        _entries.Select(e => KeyValuePair.Create(e.Name, e.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
