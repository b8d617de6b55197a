using System.Net.Http.Headers;
using System.Text;

namespace Webhooks.Sdk.Dispatching;

/// <summary>Response headers as one text, a <c>name: value</c> a line. The last text is kept: an endpoint's answers of one second are all alike.</summary>
internal sealed class HeaderText
{
    private readonly StringBuilder _builder = new(256);
    private string _last = "";

    public string Of(HttpResponseMessage response)
    {
        _builder.Clear();
        Append(response.Headers.NonValidated);
        Append(response.Content.Headers.NonValidated);
        return _builder.Equals(_last.AsSpan()) ? _last : _last = _builder.ToString();
    }

    private void Append(HttpHeadersNonValidated headers)
    {
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                _builder.Append(name).Append(": ").Append(value).Append('\n');
            }
        }
    }
}
