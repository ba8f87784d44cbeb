using Xunit;

namespace Lambray.Tests.Server.Iam;

/// <summary>Users, groups, keys, versions of policies and the rest of IAM, by boto3.</summary>
public sealed class ManagingIdentities(ResourcesServer server) : IClassFixture<ResourcesServer>
{
    const string Helpers = """
        def refused(call, **args):
            try:
                call(**args)
            except botocore.exceptions.ClientError as error:
                return error.response["Error"]["Code"]
        def policy(action="s3:*", effect="Allow", **more):
            return json.dumps(dict(Version="2012-10-17", Statement=[dict(Effect=effect, Action=action, Resource="*", **more)]))
        iam = client("iam")
        trust = json.dumps(dict(Version="2012-10-17", Statement=[dict(Effect="Allow", Principal=dict(Service="lambda.amazonaws.com"), Action="sts:AssumeRole")]))
        """;

    [Fact]
    public async Task Users_have_keys_groups_policies_and_tags() => await RunAsync("""
        user = iam.create_user(UserName="ann", Path="/people/", Tags=[dict(Key="team", Value="x")])["User"]
        assert user["Arn"] == "arn:aws:iam::123456789012:user/people/ann" and user["UserId"].startswith("AIDA"), user
        assert refused(iam.create_user, UserName="ANN") == "EntityAlreadyExists"
        assert refused(iam.create_user, UserName="a b") == "ValidationError"
        assert refused(iam.get_user, UserName="none") == "NoSuchEntity"
        iam.create_user(UserName="bob")
        assert [u["UserName"] for u in iam.list_users(PathPrefix="/people/")["Users"]] == ["ann"]
        assert [len(p["Users"]) for p in iam.get_paginator("list_users").paginate(PaginationConfig=dict(PageSize=1))] == [1, 1]

        key = iam.create_access_key(UserName="ann")["AccessKey"]
        assert key["AccessKeyId"].startswith("AKIA") and len(key["AccessKeyId"]) == 20 and len(key["SecretAccessKey"]) == 40, key
        second = iam.create_access_key(UserName="ann")["AccessKey"]
        assert refused(iam.create_access_key, UserName="ann") == "LimitExceeded"
        iam.update_access_key(UserName="ann", AccessKeyId=second["AccessKeyId"], Status="Inactive")
        assert {k["Status"] for k in iam.list_access_keys(UserName="ann")["AccessKeyMetadata"]} == {"Active", "Inactive"}
        assert iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])["AccessKeyLastUsed"]["ServiceName"] == "N/A"
        iam.delete_access_key(UserName="ann", AccessKeyId=second["AccessKeyId"])
        assert refused(iam.delete_access_key, UserName="ann", AccessKeyId=second["AccessKeyId"]) == "NoSuchEntity"

        group = iam.create_group(GroupName="devs")["Group"]
        iam.add_user_to_group(GroupName="devs", UserName="ann")
        assert [u["UserName"] for u in iam.get_group(GroupName="devs")["Users"]] == ["ann"]
        assert [g["GroupName"] for g in iam.list_groups_for_user(UserName="ann")["Groups"]] == ["devs"]
        iam.put_group_policy(GroupName="devs", PolicyName="inline", PolicyDocument=policy("lambda:*"))
        iam.attach_group_policy(GroupName="devs", PolicyArn="arn:aws:iam::aws:policy/AmazonSQSFullAccess")
        assert refused(iam.delete_group, GroupName="devs") == "DeleteConflict"

        iam.put_user_policy(UserName="ann", PolicyName="inline", PolicyDocument=policy())
        assert iam.get_user_policy(UserName="ann", PolicyName="inline")["PolicyDocument"] == json.loads(policy())
        assert iam.list_user_policies(UserName="ann")["PolicyNames"] == ["inline"]
        assert refused(iam.put_user_policy, UserName="ann", PolicyName="large", PolicyDocument=policy(["s3:Get" + "x" * i for i in range(100)])) == "LimitExceeded"
        iam.attach_user_policy(UserName="ann", PolicyArn="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
        assert len(iam.list_attached_user_policies(UserName="ann")["AttachedPolicies"]) == 1
        iam.tag_user(UserName="ann", Tags=[dict(Key="Team", Value="y"), dict(Key="b", Value="")])
        assert iam.list_user_tags(UserName="ann")["Tags"] == [dict(Key="Team", Value="y"), dict(Key="b", Value="")], iam.list_user_tags(UserName="ann")["Tags"]
        iam.untag_user(UserName="ann", TagKeys=["b"])
        assert refused(iam.tag_user, UserName="ann", Tags=[dict(Key="aws:x", Value="1")]) == "InvalidInput"

        decide = lambda action, **more: iam.simulate_principal_policy(PolicySourceArn=iam.get_user(UserName="ann")["User"]["Arn"], ActionNames=[action], **more)["EvaluationResults"][0]["EvalDecision"]
        assert (decide("sqs:SendMessage"), decide("lambda:Invoke"), decide("iam:ListUsers")) == ("allowed", "allowed", "implicitDeny")
        whose = lambda action: [one["SourcePolicyId"] for one in iam.simulate_principal_policy(
            PolicySourceArn=iam.get_user(UserName="ann")["User"]["Arn"], ActionNames=[action])["EvaluationResults"][0]["MatchedStatements"]]
        assert whose("iam:ListUsers") == [] and "inline" in whose("sqs:SendMessage") + whose("lambda:Invoke"), (whose("sqs:SendMessage"), whose("lambda:Invoke"))
        iam.put_user_permissions_boundary(UserName="ann", PermissionsBoundary="arn:aws:iam::aws:policy/AmazonS3FullAccess")
        assert (decide("sqs:SendMessage"), decide("s3:GetObject")) == ("implicitDeny", "allowed")
        assert iam.get_user(UserName="ann")["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"].endswith("AmazonS3FullAccess")
        iam.delete_user_permissions_boundary(UserName="ann")

        iam.update_user(UserName="ann", NewUserName="anna", NewPath="/")
        assert iam.get_user(UserName="anna")["User"]["Arn"] == "arn:aws:iam::123456789012:user/anna"
        assert iam.list_user_policies(UserName="anna")["PolicyNames"] == ["inline"]
        assert iam.list_groups_for_user(UserName="anna")["Groups"] and iam.list_user_tags(UserName="anna")["Tags"]
        assert boto3.client("sts", endpoint_url=iam.meta.endpoint_url, aws_access_key_id=key["AccessKeyId"], aws_secret_access_key="any").get_caller_identity()["Arn"].endswith("user/anna")
        details = iam.get_account_authorization_details(Filter=["User"])
        assert [u["UserName"] for u in details["UserDetailList"]] == ["anna", "bob"] and details["UserDetailList"][0]["GroupList"] == ["devs"], details
        assert refused(iam.delete_user, UserName="anna") == "DeleteConflict"
        iam.detach_user_policy(UserName="anna", PolicyArn="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
        iam.delete_user_policy(UserName="anna", PolicyName="inline")
        iam.delete_access_key(UserName="anna", AccessKeyId=key["AccessKeyId"])
        assert refused(iam.delete_user, UserName="anna") == "DeleteConflict"
        iam.remove_user_from_group(GroupName="devs", UserName="anna")
        iam.delete_user(UserName="anna")
        iam.update_group(GroupName="devs", NewGroupName="makers")
        iam.delete_group_policy(GroupName="makers", PolicyName="inline")
        iam.detach_group_policy(GroupName="makers", PolicyArn="arn:aws:iam::aws:policy/AmazonSQSFullAccess")
        iam.delete_group(GroupName="makers")
        assert iam.list_groups()["Groups"] == []
        """);

    [Fact]
    public async Task Policies_have_versions_and_roles_can_be_changed() => await RunAsync("""
        arn = iam.create_policy(PolicyName="versions", PolicyDocument=policy("s3:GetObject"), Tags=[dict(Key="a", Value="b")])["Policy"]["Arn"]
        for i in range(4):
            iam.create_policy_version(PolicyArn=arn, PolicyDocument=policy(f"s3:Get{i}"), SetAsDefault=i == 1)
        assert refused(iam.create_policy_version, PolicyArn=arn, PolicyDocument=policy()) == "LimitExceeded"
        versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
        assert [(v["VersionId"], v["IsDefaultVersion"]) for v in versions] == [("v5", False), ("v4", False), ("v3", True), ("v2", False), ("v1", False)], versions
        assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v3"
        assert refused(iam.delete_policy_version, PolicyArn=arn, VersionId="v3") == "DeleteConflict"
        iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
        for i in (2, 3, 4, 5): iam.delete_policy_version(PolicyArn=arn, VersionId=f"v{i}")
        assert iam.create_policy_version(PolicyArn=arn, PolicyDocument=policy("s3:Put"), SetAsDefault=True)["PolicyVersion"]["VersionId"] == "v6"
        assert refused(iam.delete_policy, PolicyArn=arn) == "DeleteConflict"
        assert iam.get_policy_version(PolicyArn=arn, VersionId="v6")["PolicyVersion"]["Document"] == json.loads(policy("s3:Put"))
        iam.delete_policy_version(PolicyArn=arn, VersionId="v1")
        assert refused(iam.create_policy, PolicyName="large", PolicyDocument=policy(["s3:" + "x" * 100 + str(i) for i in range(60)])) == "LimitExceeded"
        assert refused(iam.create_policy, PolicyName="odd", PolicyDocument=policy(Condition=dict(StringSortOf=dict(a="b")))) == "MalformedPolicyDocument"

        iam.create_role(RoleName="changed", AssumeRolePolicyDocument=trust, PermissionsBoundary=arn)
        iam.update_role(RoleName="changed", Description="new", MaxSessionDuration=7200)
        iam.update_assume_role_policy(RoleName="changed", PolicyDocument=trust.replace("lambda", "ec2"))
        iam.tag_role(RoleName="changed", Tags=[dict(Key="k", Value="v")])
        role = iam.get_role(RoleName="changed")["Role"]
        assert (role["Description"], role["MaxSessionDuration"], role["Tags"]) == ("new", 7200, [dict(Key="k", Value="v")])
        assert role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["Service"] == "ec2.amazonaws.com"
        assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == arn
        assert refused(iam.delete_policy, PolicyArn=arn) == "DeleteConflict"
        assert iam.list_entities_for_policy(PolicyArn=arn, PolicyUsageFilter="PermissionsBoundary")["PolicyRoles"][0]["RoleName"] == "changed"
        iam.delete_role_permissions_boundary(RoleName="changed")
        iam.attach_role_policy(RoleName="changed", PolicyArn=arn)
        assert [r["RoleName"] for r in iam.list_entities_for_policy(PolicyArn=arn)["PolicyRoles"]] == ["changed"]
        iam.untag_role(RoleName="changed", TagKeys=["k"])
        assert iam.list_role_tags(RoleName="changed")["Tags"] == []

        iam.create_instance_profile(InstanceProfileName="profile")
        iam.add_role_to_instance_profile(InstanceProfileName="profile", RoleName="changed")
        assert refused(iam.add_role_to_instance_profile, InstanceProfileName="profile", RoleName="changed") == "LimitExceeded"
        assert iam.list_instance_profiles_for_role(RoleName="changed")["InstanceProfiles"][0]["Roles"][0]["RoleName"] == "changed"
        assert refused(iam.delete_instance_profile, InstanceProfileName="profile") == "DeleteConflict"
        assert refused(iam.delete_role, RoleName="changed") == "DeleteConflict"
        iam.remove_role_from_instance_profile(InstanceProfileName="profile", RoleName="changed")
        iam.delete_instance_profile(InstanceProfileName="profile")
        iam.detach_role_policy(RoleName="changed", PolicyArn=arn)
        iam.delete_role(RoleName="changed")
        iam.delete_policy(PolicyArn=arn)

        linked = iam.create_service_linked_role(AWSServiceName="replicator.lambda.amazonaws.com")["Role"]
        assert linked["Path"] == "/aws-service-role/replicator.lambda.amazonaws.com/"
        task = iam.delete_service_linked_role(RoleName=linked["RoleName"])["DeletionTaskId"]
        assert iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"] == "SUCCEEDED"

        iam.create_account_alias(AccountAlias="my-account")
        assert iam.list_account_aliases()["AccountAliases"] == ["my-account"]
        iam.delete_account_alias(AccountAlias="my-account")
        assert refused(iam.create_account_alias, AccountAlias="My--Account") == "ValidationError"
        assert iam.get_account_summary()["SummaryMap"]["AttachedPoliciesPerRoleQuota"] == 10

        condition = dict(StringEquals={"aws:RequestedRegion": "eu-central-1"})
        ask = lambda **more: iam.simulate_custom_policy(PolicyInputList=[policy(Condition=condition)], ActionNames=["s3:GetObject"], **more)["EvaluationResults"][0]
        assert (ask()["EvalDecision"], ask()["MissingContextValues"]) == ("implicitDeny", ["aws:RequestedRegion"])
        assert ask(ContextEntries=[dict(ContextKeyName="aws:RequestedRegion", ContextKeyType="string", ContextKeyValues=["eu-central-1"])])["EvalDecision"] == "allowed"
        # As the command line's own documentation shows them.
        dated = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}'
        after = dict(ContextKeyName="aws:CurrentTime", ContextKeyType="date", ContextKeyValues=["2019-04-25T11:00:00Z"])
        [found] = iam.simulate_custom_policy(PolicyInputList=[dated], ActionNames=["dynamodb:CreateBackup"], ContextEntries=[after])["EvaluationResults"]
        [matched] = found["MatchedStatements"]
        assert (matched["SourcePolicyId"], matched["StartPosition"], matched["EndPosition"]) == ("PolicyInputList.1", dict(Line=1, Column=38), dict(Line=1, Column=167)), matched
        denying = json.dumps(dict(Version="2012-10-17", Statement=[dict(Effect="Allow", Action="*", Resource="*"), dict(Effect="Deny", Action="s3:*", Resource="*")]), indent=4)
        [found] = iam.simulate_custom_policy(PolicyInputList=[denying], PermissionsBoundaryPolicyInputList=[denying], ActionNames=["s3:GetObject"])["EvaluationResults"]
        assert found["EvalDecision"] == "explicitDeny" and found["PermissionsBoundaryDecisionDetail"] == dict(AllowedByPermissionsBoundary=False), found
        assert [(one["SourcePolicyId"], one["StartPosition"]["Line"], one["EndPosition"]) for one in found["MatchedStatements"]] == [
            (name, 8, dict(Line=13, Column=10)) for name in ("PolicyInputList.1", "PermissionsBoundaryPolicyInputList.1")], found
        assert refused(iam.list_saml_providers) == "NotImplemented"
        """);

    async Task RunAsync(string script) => (await ClientProcess.Boto3(server.Address, Helpers + "\n" + script)).Succeeded.ToString();
}
