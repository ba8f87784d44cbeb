using System.Xml.Linq;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>CreateAccountAlias, ListAccountAliases, DeleteAccountAlias, GetAccountSummary.</summary>
static class AccountOperations
{
    public static async Task CreateAccountAlias(HttpContext http)
    {
        await Account(http).SetAlias(http.GetQueryRequest().Get("AccountAlias"));
        await IamDoor.Service.WriteAnswer(http);
    }

    public static Task ListAccountAliases(HttpContext http)
    {
        string[] aliases = Account(http).FindAlias() is { } alias ? [alias] : [];
        return IamDoor.Service.WriteAnswer(http, QueryPage.Of(http.GetQueryRequest(), "AccountAliases", aliases, alias => alias, alias => new XElement("member", alias)));
    }

    public static async Task DeleteAccountAlias(HttpContext http)
    {
        await Account(http).DeleteAlias(http.GetQueryRequest().Get("AccountAlias"));
        await IamDoor.Service.WriteAnswer(http);
    }

    public static Task GetAccountSummary(HttpContext http) => IamDoor.Service.WriteAnswer(http, new XElement(
        "SummaryMap",
        Account(http).Summarize().Select(entry => (object)new XElement("entry", new XElement("key", entry.Name), new XElement("value", entry.Value))).ToArray()));

    static AccountSettings Account(HttpContext http) => http.RequestServices.GetRequiredService<AccountSettings>();
}
