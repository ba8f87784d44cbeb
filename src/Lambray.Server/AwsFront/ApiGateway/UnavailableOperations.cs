using System.Text.RegularExpressions;

namespace Lambray.Server.AwsFront.ApiGateway;

/// <summary>The operations that are not here, by the paths that they have, so that the answer can name them.</summary>
static partial class UnavailableOperations
{
    static readonly (string Method, Regex Path, string Name)[] Known =
    [
        .. Family("/v2/domainnames", "DomainName", "DomainNames"),
        .. Family("/v2/domainnames/[^/]+/apimappings", "ApiMapping", "ApiMappings"),
        .. Family("/v2/domainnames/[^/]+/routingrules", "RoutingRule", "RoutingRules"),
        .. Family("/v2/vpclinks", "VpcLink", "VpcLinks"),
        .. Family("/v2/portals", "Portal", "Portals"),
        .. Family("/v2/portalproducts", "PortalProduct", "PortalProducts"),
        .. Family("/v2/apis/[^/]+/models", "Model", "Models"),
        .. Family("/v2/apis/[^/]+/routes/[^/]+/routeresponses", "RouteResponse", "RouteResponses"),
        .. Family("/v2/apis/[^/]+/integrations/[^/]+/integrationresponses", "IntegrationResponse", "IntegrationResponses"),
        .. Family("/apikeys", "ApiKey", "ApiKeys"),
        .. Family("/usageplans", "UsagePlan", "UsagePlans"),
        .. Family("/domainnames", "DomainName", "DomainNames"),
        .. Family("/domainnames/[^/]+/basepathmappings", "BasePathMapping", "BasePathMappings"),
        .. Family("/vpclinks", "VpcLink", "VpcLinks"),
        .. Family("/clientcertificates", "ClientCertificate", "ClientCertificates"),
        .. Family("/restapis/[^/]+/models", "Model", "Models"),
        .. Family("/restapis/[^/]+/requestvalidators", "RequestValidator", "RequestValidators"),
        .. Family("/restapis/[^/]+/gatewayresponses", "GatewayResponse", "GatewayResponses"),
        .. Family("/restapis/[^/]+/documentation/(parts|versions)", "DocumentationPart", "DocumentationParts"),
        ("PUT", new Regex("^/restapis/[^/]+$"), "PutRestApi"),
        ("POST", new Regex("^/restapis/[^/]+/resources/[^/]+/methods/[^/]+$"), "TestInvokeMethod"),
        ("POST", new Regex("^/restapis/[^/]+/authorizers/[^/]+$"), "TestInvokeAuthorizer"),
        ("PUT", new Regex("^/v2/apis(/[^/]+)?$"), "ImportApi"),
        ("GET", ExportRegex(), "ExportApi"),
    ];

    /// <summary>Null for a request that is no operation known to be missing.</summary>
    public static string? FindName(string method, string path) =>
        Known.Where(known => known.Method == method && known.Path.IsMatch(path)).Select(known => known.Name).FirstOrDefault();

    static (string, Regex, string)[] Family(string path, string one, string many)
    {
        var (all, each) = (new Regex($"^{path}/?$"), new Regex($"^{path}/[^/]+$"));
        return [("POST", all, $"Create{one}"), ("GET", all, $"Get{many}"), ("GET", each, $"Get{one}"), ("PATCH", each, $"Update{one}"), ("PUT", each, $"Put{one}"), ("DELETE", each, $"Delete{one}")];
    }

    [GeneratedRegex("^/v2/apis/[^/]+/exports/[^/]+$")]
    private static partial Regex ExportRegex();
}
