"""Policies of functions and layers."""

from case import package, parsed, recorded

P = "TestLambdaPermissions::"
INVOKE = {"Action": "lambda:InvokeFunction", "StatementId": "s3", "Principal": "s3.amazonaws.com"}
BUCKET = "arn:aws:s3:::test-bucket"


def add(c, label, **arguments):
    return c.match(label, parsed(c.add_permission(**arguments), "Statement"))


def policy(c, label, **arguments):
    return c.match(label, parsed(c.get_policy(**arguments), "Policy"))


@recorded(P + "test_permission_exceptions")
def permissions_that_cannot_be(c):
    name, _ = c.create_usual()
    from_bucket = {**INVOKE, "SourceArn": BUCKET}
    c.refused("add_permission_invalid_statement_id", "add_permission", FunctionName=name, **{**INVOKE, "StatementId": "example.com"})
    c.refused("add_permission_fn_qualifier_mismatch", "add_permission", FunctionName=f"{name}:alias-not-42", Qualifier="42", **from_bucket)
    c.refused("add_permission_fn_qualifier_latest", "add_permission", FunctionName=f"{name}:$LATEST", Qualifier="$LATEST", **from_bucket)
    c.refused("add_permission_principal_invalid", "add_permission", FunctionName=name, SourceAccount=c.account, **{**INVOKE, "Principal": "invalid.nonaws.com"})
    c.refused("get_policy_fn_doesnotexist", "get_policy", FunctionName="doesnotexist")
    c.refused("get_policy_fn_version_doesnotexist", "get_policy", FunctionName=name, Qualifier="77")
    c.refused("add_permission_fn_doesnotexist", "add_permission", FunctionName="doesnotexist", **from_bucket)
    c.refused("remove_permission_policy_doesnotexist", "remove_permission", FunctionName=name, StatementId="s3")
    c.refused("add_permission_fn_alias_doesnotexist", "add_permission", FunctionName=f"{name}:alias-doesnotexist", **from_bucket)
    c.refused("add_permission_fn_version_doesnotexist", "add_permission", FunctionName=name, Qualifier="42", **from_bucket)
    c.refused("add_permission_fn_qualifier_invalid", "add_permission", FunctionName=name, Qualifier="invalid-qualifier-with-?-char", **from_bucket)
    c.refused("add_permission_fn_qualifier_valid_doesnotexist", "add_permission", FunctionName=name, Qualifier="valid-with-$-but-doesnotexist", **from_bucket)
    c.add_permission(FunctionName=name, **from_bucket)
    c.refused("add_permission_conflicting_statement_id", "add_permission", FunctionName=name, **from_bucket)
    c.refused("remove_permission_fn_doesnotexist", "remove_permission", FunctionName="doesnotexist", StatementId="s3")
    c.refused("remove_permission_fn_alias_doesnotexist", "remove_permission", FunctionName=name, StatementId="s3", Qualifier="alias-doesnotexist")


@recorded(P + "test_add_lambda_permission_aws")
def a_permission(c):
    name, created = c.create_usual()
    c.match("create_lambda", created)
    add(c, "add_permission", FunctionName=name, SourceArn=BUCKET, **INVOKE)
    policy(c, "get_policy", FunctionName=name)


@recorded(P + "test_lambda_permission_fn_versioning")
def permissions_of_versions_and_aliases(c):
    name, _ = c.create_usual()
    from_bucket = {**INVOKE, "SourceArn": BUCKET}
    add(c, "add_permission", FunctionName=name, **from_bucket)
    policy(c, "get_policy", FunctionName=name)
    c.match("publish_version_result", c.publish_version(FunctionName=name))
    c.match("get_function_result_after_publishing", c.get_function(FunctionName=name))
    policy(c, "get_policy_after_publishing_latest", FunctionName=name)
    c.refused("get_policy_after_publishing_new_version", "get_policy", FunctionName=name, Qualifier="1")
    c.add_permission(FunctionName=f"{name}:1", Qualifier="1", **from_bucket)
    policy(c, "get_policy_version", FunctionName=name, Qualifier="1")
    revision = c.match("create_alias_response", c.create_alias(FunctionName=name, Name="permission-alias", FunctionVersion="1"))["RevisionId"]
    c.match("get_alias", c.get_alias(FunctionName=name, Name="permission-alias"))
    c.refused("add_permission_alias_revision_exception", "add_permission", FunctionName=name, Qualifier="permission-alias", RevisionId="wrong", **from_bucket)
    c.add_permission(FunctionName=f"{name}:permission-alias", Qualifier="permission-alias", RevisionId=revision, **from_bucket)
    policy(c, "get_policy_alias", FunctionName=name, Qualifier="permission-alias")
    revision = policy(c, "get_policy_after_adding_to_new_version", FunctionName=name)["RevisionId"]
    c.add_permission(FunctionName=name, RevisionId=revision, **{**from_bucket, "StatementId": "s3_2"})
    policy(c, "get_policy_after_adding_2", FunctionName=name)


@recorded(P + "test_add_lambda_permission_fields")
def all_that_a_permission_can_say(c):
    name, _ = c.create_usual()
    invoke = {"FunctionName": name, "Action": "lambda:InvokeFunction"}
    add(c, "add_permission_principal_wildcard", StatementId="wilcard", Principal="*", SourceAccount=c.account, **invoke)
    add(c, "add_permission_principal_service", StatementId="lambda", Principal="lambda.amazonaws.com", SourceAccount=c.account, **invoke)
    add(c, "add_permission_principal_account", StatementId="account-id", Principal=c.account, **invoke)
    add(c, "add_permission_principal_arn", StatementId="user-arn", Principal=f"arn:aws:iam::{c.account}:user/somebody", SourceAccount=c.account, **invoke)
    add(c, "add_permission_optional_fields", FunctionName=name, StatementId="urlPermission", Action="lambda:InvokeFunctionUrl", Principal="*",
        SourceArn=BUCKET, SourceAccount=c.account, PrincipalOrgID="o-1234567890", FunctionUrlAuthType="NONE")
    add(c, "add_permission_alexa_skill", StatementId="alexaSkill", Principal="*", EventSourceToken="amzn1.ask.skill.xxxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", **invoke)


@recorded(P + "test_remove_multi_permissions")
def removing_permissions(c):
    name, _ = c.create_usual()
    add(c, "add_permission_1", FunctionName=name, **INVOKE)
    add(c, "add_permission_2", FunctionName=name, SourceArn=BUCKET, **{**INVOKE, "StatementId": "sqs", "Principal": "sqs.amazonaws.com"})
    policy(c, "policy_after_2_add", FunctionName=name)
    c.refused("remove_permission_exception_nonexisting_sid", "remove_permission", FunctionName=name, StatementId="non-existent")
    c.remove_permission(FunctionName=name, StatementId="sqs")
    policy(c, "policy_after_removal", FunctionName=name)
    revision = policy(c, "policy_after_removal_attempt", FunctionName=name)["RevisionId"]
    c.remove_permission(FunctionName=name, StatementId="s3", RevisionId=revision)
    c.refused("get_policy_exception_removed_all", "get_policy", FunctionName=name)


@recorded(P + "test_create_multiple_lambda_permissions")
def several_permissions(c):
    name, _ = c.create_usual()
    for number, service in enumerate(("logs", "kinesis"), 1):
        add(c, f"add_permission_response_{number}", FunctionName=name, Action="lambda:InvokeFunction", StatementId=service, Principal=f"{service}.amazonaws.com")
    policy(c, "policy_after_2_add", FunctionName=name)


LAYER = "TestLambdaLayer::"
USE = {"Action": "lambda:GetLayerVersion", "Principal": "*"}


def publish(c):
    name = c.new_name("layer4policy")
    c.match("publish_result", c.publish_layer_version(
        LayerName=name, CompatibleRuntimes=["python3.12"], Content={"ZipFile": package()}, CompatibleArchitectures=["x86_64"]))
    return name


@recorded(LAYER + "test_layer_policy_exceptions")
def layer_permissions_that_cannot_be(c):
    name = publish(c)
    first, second = {"LayerName": name, "VersionNumber": 1}, {"LayerName": name, "VersionNumber": 2}
    elsewhere = {"LayerName": f"{name}-doesnotexist", "VersionNumber": 1}
    c.refused("layer_permission_nopolicy_get", "get_layer_version_policy", **first)
    c.match("add_layer_permission_result", parsed(c.add_layer_version_permission(StatementId="s1", **first, **USE), "Statement"))
    c.refused("layer_permission_action_invalid", "add_layer_version_permission", StatementId="s-1", **first, **{**USE, "Action": "*"})
    c.refused("layer_permission_duplicate_statement", "add_layer_version_permission", StatementId="s1", **first, **USE)
    c.refused("layer_permission_wrong_revision", "add_layer_version_permission", StatementId="s2", RevisionId="wrong", **first, **USE)
    for kind, layer in (("layername", elsewhere), ("layerversion", second)):
        c.refused(f"layer_permission_{kind}_doesnotexist_add", "add_layer_version_permission", StatementId="s-2", **layer, **USE)
        c.refused(f"layer_permission_{kind}_doesnotexist_get", "get_layer_version_policy", **layer)
        c.refused(f"layer_permission_{kind}_doesnotexist_remove", "remove_layer_version_permission", StatementId="s1", **layer)
    c.refused("layer_permission_statementid_doesnotexist_remove", "remove_layer_version_permission", StatementId="doesnotexist", **first)
    c.refused("layer_permission_wrong_revision_remove", "remove_layer_version_permission", StatementId="s1", RevisionId="wrong", **first)


@recorded(LAYER + "test_layer_policy_lifecycle")
def layer_policy_lifecycle(c):
    layer = {"LayerName": publish(c), "VersionNumber": 1}
    read = lambda label: c.match(label, parsed(c.get_layer_version_policy(**layer), "Policy"))
    c.match("add_policy_s1", parsed(c.add_layer_version_permission(StatementId="s1", **layer, **USE), "Statement"))
    revision = read("get_layer_version_policy")["RevisionId"]
    c.match("add_policy_s2", parsed(c.add_layer_version_permission(StatementId="s2", RevisionId=revision, **layer, **USE), "Statement"))
    revision = read("get_layer_version_policy_postadd2")["RevisionId"]
    c.match("remove_s2", c.remove_layer_version_permission(StatementId="s2", RevisionId=revision, **layer))
    read("get_layer_version_policy_postdeletes2")
