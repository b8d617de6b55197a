using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Webhooks.Sdk.Dispatching;

/// <summary>Response headers as one text, a <c>name: value</c> a line. The last text is kept: an endpoint's answers of one second are all alike.</summary>
internal sealed class HeaderText
{
    // A line break in a value would forge a line of the log, and some databases cannot store a NUL.
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, ' ').Append('\x7f').Select(c => (char)c)]);

    private readonly StringBuilder _builder = new(256);
    private string _last = "";

    public string Of(HttpResponseMessage response)
    {
        _builder.Clear();
        Append(response.Headers.NonValidated);

        // 204 has no content to describe, and asking for its headers would make the collection.
        if (response.StatusCode != HttpStatusCode.NoContent)
        {
            Append(response.Content.Headers.NonValidated);
        }

        return _builder.Equals(_last.AsSpan()) ? _last : _last = _builder.ToString();
    }

    private void Append(HttpHeadersNonValidated headers)
    {
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                _builder.Append(name).Append(": ").Append(value.AsSpan().ContainsAny(Controls) ? Clean(value) : value).Append('\n');
            }
        }
    }

    private static string Clean(string value) => string.Create(value.Length, value, static (clean, value) => value.AsSpan().ReplaceAny(clean, Controls, ' '));
}
