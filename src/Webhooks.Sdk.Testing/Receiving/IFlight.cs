namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>The sender's side of a request, for a sender that wants to know whether its request is being held.</summary>
internal interface IFlight
{
    /// <summary>The header that names the flight on the wire. The receiver takes it out before anybody sees it.</summary>
    const string Header = "x-webhooks-sdk-flight";

    /// <summary>So many bytes of a body that is not complete yet are about to be sent.</summary>
    void Sent(int bytes);

    /// <summary>The receiver holds the request and will do nothing before the time has moved.</summary>
    void Hold();

    /// <summary>The receiver goes on.</summary>
    void Release();
}
