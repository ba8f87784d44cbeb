using System.Security.Cryptography;

namespace Lambray.Resources.ApiGateway;

/// <summary>Names that API Gateway gives: ten characters to APIs, fewer to what belongs to one.</summary>
public static class ApiIds
{
    const string Characters = "abcdefghijklmnopqrstuvwxyz0123456789";
    const int ApiLength = 10;
    const int PartLength = 7;

    // An API's id is the first label of a host name.
    public static string OfApi() => RandomNumberGenerator.GetString(Characters.AsSpan(0, 26), 1) + RandomNumberGenerator.GetString(Characters, ApiLength - 1);

    public static string OfPart() => RandomNumberGenerator.GetString(Characters, PartLength);
}
