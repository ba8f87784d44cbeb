using Xunit;

namespace Lambray.Tests.Server.XRay;

/// <summary>X-Ray's settings as boto3 and the AWS CLI use them.</summary>
public sealed class XRayFromPython : IAsyncLifetime
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

    WholeServer server = null!;

    public async ValueTask InitializeAsync() => server = await WholeServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

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

    [Fact]
    public async Task Groups_are_made_changed_and_deleted() => await Run("""
        groups = lambda: [g["GroupName"] for p in xray.get_paginator("get_groups").paginate() for g in p["Groups"]]
        check(groups(), ["Default"])
        check(xray.get_group(GroupName="Default")["Group"]["GroupARN"], "arn:aws:xray:eu-central-1:123456789012:group/Default")
        group = xray.create_group(GroupName="slow", FilterExpression="responsetime > 5", InsightsConfiguration=dict(InsightsEnabled=True))["Group"]
        arn = group["GroupARN"]
        assert arn.startswith("arn:aws:xray:eu-central-1:123456789012:group/slow/"), arn
        check((group["FilterExpression"], group["InsightsConfiguration"]), ("responsetime > 5", dict(InsightsEnabled=True, NotificationsEnabled=False)))
        xray.create_group(GroupName="everything")
        check(groups(), ["Default", "everything", "slow"])
        updated = xray.update_group(GroupARN=arn, FilterExpression="duration > 1 AND fault", InsightsConfiguration=dict(NotificationsEnabled=True))["Group"]
        check((updated["FilterExpression"], updated["InsightsConfiguration"]), ("duration > 1 AND fault", dict(InsightsEnabled=True, NotificationsEnabled=True)))
        check(xray.get_group(GroupARN=arn)["Group"], updated)
        off = xray.update_group(GroupName="slow", InsightsConfiguration=dict(InsightsEnabled=False))["Group"]
        check((off["FilterExpression"], off["InsightsConfiguration"]), ("duration > 1 AND fault", dict(InsightsEnabled=False, NotificationsEnabled=False)))

        invalid(xray.create_group, "slow already", GroupName="slow")
        invalid(xray.create_group, "Default already", GroupName="Default")
        invalid(xray.create_group, "position", GroupName="broken", FilterExpression="duration >")
        invalid(xray.create_group, "33", GroupName="x" * 33)
        invalid(xray.create_group, "GroupName", GroupName="a/b")
        invalid(xray.create_group, "InsightsEnabled", GroupName="deaf", InsightsConfiguration=dict(NotificationsEnabled=True))
        invalid(xray.update_group, "position", GroupName="slow", FilterExpression="((")
        invalid(xray.update_group, "Default", GroupName="Default", FilterExpression="fault")
        invalid(xray.get_group, "Slow", GroupName="Slow")
        invalid(xray.get_group, "either", GroupName="slow", GroupARN=arn)
        invalid(xray.delete_group, "Default", GroupName="Default")
        invalid(xray.get_groups, "NextToken", NextToken="x")
        check(xray.update_group(GroupName="Default", InsightsConfiguration=dict(InsightsEnabled=True))["Group"]["InsightsConfiguration"]["InsightsEnabled"], True)
        xray.delete_group(GroupARN=arn)
        invalid(xray.delete_group, "slow", GroupARN=arn)
        again = xray.create_group(GroupName="slow")["Group"]["GroupARN"]
        assert again != arn
        for i in range(23):
            xray.create_group(GroupName=f"g{i}")
        invalid(xray.create_group, "25", GroupName="one-more")
        """);

    [Fact]
    public async Task Groups_and_sampling_rules_have_tags() => await Run("""
        tags = lambda **pairs: [dict(Key=k, Value=v) for k, v in pairs.items()]
        group = xray.create_group(GroupName="tagged", Tags=tags(team="shop", stage="prod"))["Group"]["GroupARN"]
        rule = xray.create_sampling_rule(Tags=tags(team="pay"), SamplingRule=dict(RuleName="tagged", ResourceARN="*", Priority=9000, FixedRate=0, ReservoirSize=0,
            ServiceName="*", ServiceType="*", Host="*", HTTPMethod="*", URLPath="*", Version=1))["SamplingRuleRecord"]["SamplingRule"]["RuleARN"]
        listed = lambda arn: {t["Key"]: t["Value"] for t in xray.list_tags_for_resource(ResourceARN=arn)["Tags"]}
        check(listed(group), dict(team="shop", stage="prod"))
        xray.tag_resource(ResourceARN=rule, Tags=tags(team="till", stage=""))
        check(listed(rule), dict(team="till", stage=""))
        xray.untag_resource(ResourceARN=rule, TagKeys=["stage", "never-there"])
        check(listed(rule), dict(team="till"))
        for call in (lambda: xray.list_tags_for_resource(ResourceARN=rule + "x"), lambda: xray.tag_resource(ResourceARN=group + "x", Tags=tags(a="b"))):
            try:
                call()
                raise AssertionError("was not refused")
            except xray.exceptions.ResourceNotFoundException as e:
                assert e.response["ResourceName"].endswith("x"), e.response
        try:
            xray.tag_resource(ResourceARN=group, Tags=tags(**{f"t{i}": "" for i in range(49)}))
            raise AssertionError("was not refused")
        except xray.exceptions.TooManyTagsException as e:
            check(e.response["ResourceName"], group)
        check(len(listed(group)), 2)
        xray.tag_resource(ResourceARN=group, Tags=tags(**{f"t{i}": "" for i in range(48)}))
        invalid(xray.tag_resource, "aws:", ResourceARN=rule, Tags=[dict(Key="aws:x", Value="y")])
        invalid(xray.tag_resource, "128", ResourceARN=rule, Tags=[dict(Key="k" * 129, Value="y")])
        invalid(xray.tag_resource, "256", ResourceARN=rule, Tags=[dict(Key="k", Value="v" * 257)])
        invalid(xray.tag_resource, "twice", ResourceARN=rule, Tags=tags(a="1") + tags(a="2"))
        xray.delete_group(GroupARN=group)
        check(refused(xray.list_tags_for_resource, ResourceARN=group)[0], "ResourceNotFoundException")
        """);

    [Fact]
    public async Task Encryption_is_set_and_told() => await Run("""
        check(xray.get_encryption_config()["EncryptionConfig"], dict(Status="ACTIVE", Type="NONE"))
        key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        check(xray.put_encryption_config(Type="KMS", KeyId="1234abcd-12ab-34cd-56ef-1234567890ab")["EncryptionConfig"], dict(KeyId=key, Status="UPDATING", Type="KMS"))
        check(xray.get_encryption_config()["EncryptionConfig"], dict(KeyId=key, Status="ACTIVE", Type="KMS"))
        check(xray.put_encryption_config(Type="KMS", KeyId="alias/traces")["EncryptionConfig"]["KeyId"], "arn:aws:kms:eu-central-1:123456789012:alias/traces")
        check(xray.put_encryption_config(Type="KMS", KeyId=key)["EncryptionConfig"]["KeyId"], key)
        invalid(xray.put_encryption_config, "KeyId is required", Type="KMS")
        invalid(xray.put_encryption_config, "KeyId", Type="NONE", KeyId=key)
        invalid(xray.put_encryption_config, "neither", Type="KMS", KeyId="mine")
        invalid(xray.put_encryption_config, "SOME", Type="SOME")
        check(xray.put_encryption_config(Type="NONE")["EncryptionConfig"], dict(Status="UPDATING", Type="NONE"))
        """);

    [Fact]
    public async Task Resource_policies_are_put_listed_and_deleted() => await Run("""
        def document(effect="Allow", principal=dict(Service="sns.amazonaws.com"), action=["xray:PutTraceSegments", "xray:GetSamplingRules"], **more):
            return json.dumps(dict(Version="2012-10-17", Statement=[dict(Effect=effect, Principal=principal, Action=action, Resource="*", **more)]))
        put = lambda name="sns", body=document(), **more: xray.put_resource_policy(PolicyName=name, PolicyDocument=body, **more)["ResourcePolicy"]
        first = put(PolicyRevisionId="0")
        check((first["PolicyName"], first["PolicyDocument"]), ("sns", document()))
        check(refused(put, PolicyRevisionId="0")[0], "InvalidPolicyRevisionIdException")
        second = put(PolicyRevisionId=first["PolicyRevisionId"])
        assert second["PolicyRevisionId"] != first["PolicyRevisionId"] and second["LastUpdatedTime"] >= first["LastUpdatedTime"]
        check(refused(put, PolicyRevisionId=first["PolicyRevisionId"])[0], "InvalidPolicyRevisionIdException")
        check(refused(put, name="new", PolicyRevisionId="7")[0], "InvalidPolicyRevisionIdException")
        check(refused(put, body="{")[0], "MalformedPolicyDocumentException")
        check(refused(put, body=json.dumps(dict(Version="2012-10-17", Statement=[dict(Effect="Allow", Action="xray:*", Resource="*")])))[0], "MalformedPolicyDocumentException")
        check(refused(put, body=document(effect="Perhaps"))[0], "MalformedPolicyDocumentException")
        check(refused(put, body=document(Sid="x" * 5200))[0], "PolicySizeLimitExceededException")
        invalid(put, "PolicyName", name="a b")
        locked = document(effect="Deny", principal=dict(AWS="123456789012"), action="xray:Put*")
        check(refused(put, name="lock", body=locked)[0], "LockoutPreventionException")
        check(put(name="lock", body=locked, BypassPolicyLockoutCheck=True)["PolicyName"], "lock")
        put(name="other-account", body=document(effect="Deny", principal=dict(AWS="210987654321"), action="xray:Put*"))
        put(name="p4"), put(name="p5")
        check(refused(put, name="p6")[0], "PolicyCountLimitExceededException")
        check([p["PolicyName"] for p in xray.list_resource_policies()["ResourcePolicies"]], ["lock", "other-account", "p4", "p5", "sns"])
        check(refused(xray.delete_resource_policy, PolicyName="sns", PolicyRevisionId=first["PolicyRevisionId"])[0], "InvalidPolicyRevisionIdException")
        xray.delete_resource_policy(PolicyName="sns", PolicyRevisionId=second["PolicyRevisionId"])
        invalid(xray.delete_resource_policy, "sns", PolicyName="sns")
        check(len(xray.list_resource_policies()["ResourcePolicies"]), 4)
        """);

    [Fact]
    public async Task The_figures_of_daemons_are_added_up_by_host() => await Run("""
        import urllib.request
        record = lambda time, **counts: dict(Timestamp=time, **counts)
        xray.put_telemetry_records(Hostname="web-1", TelemetryRecords=[
            record(1700000000, SegmentsReceivedCount=10, SegmentsSentCount=7, SegmentsSpilloverCount=2, SegmentsRejectedCount=1, BackendConnectionErrors=dict(TimeoutCount=3)),
            record(1700000060, SegmentsReceivedCount=5, SegmentsSentCount=5)])
        xray.put_telemetry_records(EC2InstanceId="i-1", TelemetryRecords=[record(1700000000, SegmentsSentCount=1)])
        invalid(xray.put_telemetry_records, "255", Hostname="h" * 256, TelemetryRecords=[])
        metrics = urllib.request.urlopen(xray.meta.endpoint_url.rstrip("/") + "/metrics").read().decode()
        for line in ('lambray_daemon_segments_total{host="web-1",outcome="received"} 15', 'lambray_daemon_segments_total{host="web-1",outcome="spillover"} 2',
                     'lambray_daemon_segments_total{host="i-1",outcome="sent"} 1', 'lambray_daemon_backend_errors_total{host="web-1",kind="timeout"} 3',
                     'lambray_daemon_last_record_seconds{host="web-1"} 1700000060'):
            assert line in metrics.splitlines(), (line, [l for l in metrics.splitlines() if "daemon" in l])
        """);

    [Fact]
    public async Task The_command_line_knows_it_too()
    {
        var rule = $"arn:aws:xray:{WholeServer.Region}:{WholeServer.Account}:sampling-rule/checkout";

        Assert.Contains("responsetime > 5", await Aws("create-group", "--group-name", "slow", "--filter-expression", "responsetime > 5"), StringComparison.Ordinal);
        Assert.Contains(rule, await Aws(
            "create-sampling-rule", "--sampling-rule",
            "RuleName=checkout,Priority=5,FixedRate=0.5,ReservoirSize=2,ServiceName=*,ServiceType=*,Host=*,HTTPMethod=*,URLPath=*,ResourceARN=*,Version=1"), StringComparison.Ordinal);
        Assert.Contains("10000", await Aws("get-sampling-rules"), StringComparison.Ordinal);
        Assert.Contains("UPDATING", await Aws("put-encryption-config", "--type", "KMS", "--key-id", "alias/mine"), StringComparison.Ordinal);
        await Aws("tag-resource", "--resource-arn", rule, "--tags", "Key=team,Value=shop");
        Assert.Contains("shop", await Aws("list-tags-for-resource", "--resource-arn", rule), StringComparison.Ordinal);
        await Aws("delete-group", "--group-name", "slow");
    }

    async Task<string> Aws(params string[] arguments) => (await ClientProcess.Aws(server.Address, ["xray", .. arguments])).Succeeded;

    async Task Run(string script) => Assert.Equal("", (await ClientProcess.Boto3(server.Address, Preamble + script)).Succeeded);
}
