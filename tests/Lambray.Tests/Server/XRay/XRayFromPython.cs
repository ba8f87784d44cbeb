using Xunit;

namespace Lambray.Tests.Server.XRay;

/// <summary>X-Ray's settings as boto3 and the AWS CLI use them.</summary>
public sealed class XRayFromPython(WholeServer server) : IClassFixture<WholeServer>
{
    const string Preamble = """
        xray = client("xray")
        def check(actual, expected):
            assert actual == expected, (actual, expected)
        def refused(call, **arguments):
            try:
                call(**arguments)
            except botocore.exceptions.ClientError as e:
                return e.response["Error"]["Code"], e.response["Error"]["Message"]
            raise AssertionError("was not refused")
        def invalid(call, about, **arguments):
            code, message = refused(call, **arguments)
            assert code == "InvalidRequestException" and about in message, (code, message)

        """;

    [Fact]
    public async Task Sampling_rules_are_made_changed_and_deleted() => await Run("""
        def rule(name, **more):
            return dict(dict(RuleName=name, ResourceARN="*", Priority=100, FixedRate=0.1, ReservoirSize=5, ServiceName="*", ServiceType="*",
                Host="*", HTTPMethod="*", URLPath="*", Version=1), **more)
        create = lambda name, **more: xray.create_sampling_rule(SamplingRule=rule(name, **more))["SamplingRuleRecord"]
        record = create("checkout", URLPath="/pay/*", Attributes=dict(tier="gold"), Priority=3)
        arn = record["SamplingRule"]["RuleARN"]
        check(arn, "arn:aws:xray:eu-central-1:123456789012:sampling-rule/checkout")
        check((record["SamplingRule"]["URLPath"], record["SamplingRule"]["Attributes"]), ("/pay/*", dict(tier="gold")))
        check(record["CreatedAt"], record["ModifiedAt"])
        updated = xray.update_sampling_rule(SamplingRuleUpdate=dict(RuleARN=arn, FixedRate=0.5, Host="shop?"))["SamplingRuleRecord"]["SamplingRule"]
        check((updated["FixedRate"], updated["Host"], updated["Priority"]), (0.5, "shop?", 3))
        create("another", Priority=2)
        names = lambda: [r["SamplingRule"]["RuleName"] for p in xray.get_paginator("get_sampling_rules").paginate() for r in p["SamplingRuleRecords"]]
        check(names(), ["another", "checkout", "Default"])

        invalid(create, "already", name="checkout")
        invalid(create, "already", name="Default")
        invalid(create, "Priority is 10000", name="late", Priority=10000)
        invalid(create, "FixedRate", name="much", FixedRate=1.5)
        invalid(create, "128", name="long", URLPath="/" * 129)
        invalid(create, "Version", name="new", Version=2)
        invalid(create, "Attributes", name="six", Attributes={str(i): "x" for i in range(6)})
        update = lambda **more: xray.update_sampling_rule(SamplingRuleUpdate=more)
        invalid(update, "either", RuleName="checkout", RuleARN=arn)
        invalid(update, "either", FixedRate=0)
        invalid(update, "no sampling rule gone", RuleName="gone", FixedRate=0)
        invalid(update, "Default rule", RuleName="Default", URLPath="/x")
        check(update(RuleName="Default", FixedRate=0, ReservoirSize=2)["SamplingRuleRecord"]["SamplingRule"]["ReservoirSize"], 2)
        invalid(xray.delete_sampling_rule, "Default", RuleName="Default")
        invalid(xray.get_sampling_rules, "NextToken", NextToken="x")
        check(xray.delete_sampling_rule(RuleName="another")["SamplingRuleRecord"]["SamplingRule"]["RuleName"], "another")
        invalid(xray.delete_sampling_rule, "another", RuleName="another")
        check(names(), ["checkout", "Default"])

        document = dict(RuleName="checkout", ClientID="0123456789abcdef01234567", Timestamp=__import__("time").time(), RequestCount=10, SampledCount=3, BorrowCount=1)
        targets = xray.get_sampling_targets(SamplingStatisticsDocuments=[document, dict(document, RuleName="gone")])
        target = targets["SamplingTargetDocuments"][0]
        check((target["RuleName"], target["FixedRate"], target["ReservoirQuota"], target["Interval"]), ("checkout", 0.5, 5, 10))
        assert target["ReservoirQuotaTTL"] > targets["LastRuleModification"]
        check([(u["RuleName"], u["ErrorCode"]) for u in targets["UnprocessedStatistics"]], [("gone", "404")])
        summaries = [s for p in xray.get_paginator("get_sampling_statistic_summaries").paginate() for s in p["SamplingStatisticSummaries"]]
        check([(s["RuleName"], s["RequestCount"], s["SampledCount"], s["BorrowCount"], s["Timestamp"].second % 10) for s in summaries], [("checkout", 10, 3, 1, 0)])
        invalid(xray.get_sampling_targets, "24", SamplingStatisticsDocuments=[dict(document, ClientID="a" * 25)])
        invalid(xray.get_sampling_targets, "25", SamplingStatisticsDocuments=[document] * 26)

        for i in range(24):
            create(f"rule-{i}")
        check(refused(create, name="one-more")[0], "RuleLimitExceededException")
        """);

    async Task Run(string script) => Assert.Equal("", (await ClientProcess.Boto3(server.Address, Preamble + script)).Succeeded);
}
