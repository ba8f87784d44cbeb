"""Versions, aliases and revisions."""

from case import package, recorded

V = "TestLambdaVersions::"
STAGING, PROD = ({"Variables": {"testenv": stage}} for stage in ("staging", "prod"))


@recorded(V + "test_publish_version_on_create")
def published_with_creation(c):
    name = c.new_name()
    c.match("create_response", c.create(name, Publish=True))
    c.match("get_function_result", c.get_function(FunctionName=name))
    c.match("get_function_version_result", c.get_function(FunctionName=name, Qualifier="1"))
    c.match("get_function_latest_result", c.get_function(FunctionName=name, Qualifier="$LATEST"))
    c.match("list_versions_result", c.list_versions_by_function(FunctionName=name))
    c.match("repeated_publish_response", c.publish_version(FunctionName=name, Description="Repeated version description :)"))
    c.match("list_versions_result_after_publish", c.list_versions_by_function(FunctionName=name))


@recorded(V + "test_version_lifecycle")
def version_lifecycle(c):
    name = c.new_name()
    c.match("create_response", c.create(name, Description="No version :("))
    c.match("get_function_result", c.get_function(FunctionName=name))
    c.match("list_versions_result", c.list_versions_by_function(FunctionName=name))
    c.match("first_update_response", c.update_function_configuration(FunctionName=name, Description="First version :)"))
    c.settle(name)
    c.match("first_update_get_function", c.get_function(FunctionName=name))
    c.match("first_publish_response", c.publish_version(FunctionName=name, Description="First version description :)"))
    c.match("first_publish_get_function", c.get_function(FunctionName=name, Qualifier="1"))
    c.match("first_publish_get_function_config", c.get_function_configuration(FunctionName=name, Qualifier="1"))
    c.match("second_update_response", c.update_function_configuration(FunctionName=name, Description="Second version :))"))
    c.settle(name)
    c.match("first_publish_get_function_after_update", c.get_function(FunctionName=name, Qualifier="1"))
    c.match("second_publish_response", c.publish_version(FunctionName=name))
    c.match("third_publish_response", c.publish_version(FunctionName=name, Description="Third version description :)))"))
    c.match("list_versions_result_after_third_publish", c.list_versions_by_function(FunctionName=name))
    c.delete_function(FunctionName=f"{name}:1")
    c.match("list_versions_result_after_deletion_of_first_version", c.list_versions_by_function(FunctionName=name))


@recorded(V + "test_publish_with_wrong_sha256")
def other_code_than_expected(c):
    name = c.new_name()
    c.match("create_response", c.create(name))
    got = c.match("get_fn_response", c.get_function(FunctionName=name))
    c.refused("publish_wrong_sha256_exc", "publish_version", FunctionName=name, CodeSha256="somenonexistentsha256")
    c.match("publish_result", c.publish_version(FunctionName=name, CodeSha256=got["Configuration"]["CodeSha256"]))


@recorded(V + "test_publish_with_wrong_revisionid")
def another_revision_than_expected(c):
    name = c.new_name()
    c.match("create_response", c.create(name))
    got = c.match("get_fn_response", c.get_function(FunctionName=name))
    c.refused("publish_wrong_revisionid_exc", "publish_version", FunctionName=name, RevisionId="wrongrevisionid")
    c.match("publish_result", c.publish_version(FunctionName=name, RevisionId=got["Configuration"]["RevisionId"]))


@recorded(V + "test_publish_with_update")
def published_with_an_update(c):
    name = c.new_name()
    c.match("create_response", c.create(name))
    c.match("get_function_result", c.get_function(FunctionName=name))
    c.match("update_function_code_result", c.update_function_code(FunctionName=name, ZipFile=package("VERSION = 1"), Publish=True))
    c.match("get_function_version_result", c.get_function(FunctionName=name, Qualifier="1"))
    c.match("get_function_latest_result", c.get_function(FunctionName=name, Qualifier="$LATEST"))


A = "TestLambdaAlias::"


@recorded(A + "test_alias_lifecycle")
def alias_lifecycle(c):
    name = c.new_name()
    c.match("create_response", c.create(name, Environment=STAGING))
    c.match("publish_v1", c.publish_version(FunctionName=name))
    publish_second(c, name)
    alias(c, name, "1_1", "aliasname1_1", FunctionVersion="1", Description="custom-alias", RoutingConfig={"AdditionalVersionWeights": {"2": 0.2}})
    c.match("get_function_alias_1_1", c.get_function(FunctionName=name, Qualifier="aliasname1_1"))
    c.match("get_function_byarn_alias_1_1", c.get_function(FunctionName=c.arn(f"{name}:aliasname1_1")))
    c.refused("get_function_alias_notfound_exc", "get_function", FunctionName=name, Qualifier="aliasdoesnotexist")
    c.refused("get_function_alias_byarn_notfound_exc", "get_function", FunctionName=c.arn(f"{name}:aliasdoesnotexist"))
    alias(c, name, "1_2", "aliasname1_2", FunctionVersion="1", Description="custom-alias")
    alias(c, name, "1_3", "aliasname1_3", FunctionVersion="1")
    alias(c, name, "2", "aliasname2", FunctionVersion="2", Description="custom-alias")
    c.match("list_aliases_for_fnname", c.client.all_pages("list_aliases", "Aliases", FunctionName=name))
    c.match("update_alias_1_1", c.update_alias(FunctionName=name, Name="aliasname1_1", RoutingConfig={"AdditionalVersionWeights": {}}))
    c.match("get_alias_1_1_after_update", c.get_alias(FunctionName=name, Name="aliasname1_1"))
    c.match("list_aliases_for_fnname_after_update", c.list_aliases(FunctionName=name))
    c.match("update_alias_1_2", c.update_alias(FunctionName=name, Name="aliasname1_2"))
    c.match("get_alias_1_2_after_update", c.get_alias(FunctionName=name, Name="aliasname1_2"))
    c.match("list_aliases_for_fnname_after_update_2", c.list_aliases(FunctionName=name))
    c.match("list_aliases_for_version", c.list_aliases(FunctionName=name, FunctionVersion="1"))
    c.match("delete_alias_response", c.delete_alias(FunctionName=name, Name="aliasname1_1"))
    c.match("list_aliases_for_fnname_afterdelete", c.list_aliases(FunctionName=name))


def alias(c, name, label, alias_name, **settings):
    c.match(f"create_alias_{label}", c.create_alias(FunctionName=name, Name=alias_name, **settings))
    c.match(f"get_alias_{label}", c.get_alias(FunctionName=name, Name=alias_name))


def publish_second(c, name):
    c.update_function_configuration(FunctionName=name, Environment=PROD)
    c.settle(name)
    c.match("publish_v2", c.publish_version(FunctionName=name))


@recorded(A + "test_non_existent_alias_deletion")
def deleting_an_alias_that_is_not_there(c):
    name = c.new_name()
    c.match("create_response", c.create(name, Environment=STAGING))
    c.match("delete_alias_response", c.delete_alias(FunctionName=name, Name="non-existent"))


@recorded(A + "test_non_existent_alias_update")
def updating_an_alias_that_is_not_there(c):
    name = c.new_name()
    c.match("create_response", c.create(name, Environment=STAGING))
    c.refused("update_alias_response", "update_alias", FunctionName=name, Name="non-existent")


@recorded(A + "test_notfound_and_invalid_routingconfigs")
def routing_that_cannot_be(c):
    name = c.new_name()
    c.match("create_response", c.create(name, Environment=STAGING, Publish=True))
    c.match("publish_v1", c.publish_version(FunctionName=name))
    publish_second(c, name)

    def refused(label, version, weights, function=name):
        c.refused(label, "create_alias", FunctionName=function, Name="custom", FunctionVersion=version, RoutingConfig={"AdditionalVersionWeights": weights})

    refused("routing_config_exc_toomany", "1", {"1": 0.8, "2": 0.2})
    refused("routing_config_exc_toohigh", "1", {"2": 2})
    refused("routing_config_exc_subzero", "1", {"2": -1})
    refused("routing_config_exc_sameversion", "1", {"1": 0.5})
    refused("target_version_doesnotexist", "10", {"2": 0.5})
    refused("routing_config_exc_version_doesnotexist", "1", {"10": 0.5})
    refused("target_version_exc_version_latest", "$LATEST", {"1": 0.5})
    refused("routing_config_exc_version_latest", "1", {"$LATEST": 0.5})
    c.match("create-alias-latest", c.create_alias(FunctionName=name, Name="custom-latest", FunctionVersion="$LATEST"))
    refused("routing_config_exc_fn_doesnotexist", "1", {"2": 0.5}, f"{name}-unknown")
    c.match("create_alias_empty_routingconfig", c.create_alias(
        FunctionName=name, Name="custom-empty-routingconfig", FunctionVersion="1", RoutingConfig={"AdditionalVersionWeights": {}}))
    c.match("create_alias_response", c.create_alias(FunctionName=name, Name="custom", FunctionVersion="1", RoutingConfig={"AdditionalVersionWeights": {"2": 0.5}}))
    refused("routing_config_exc_already_exist", "1", {"2": 0.5})
    c.refused("alias_does_not_exist_esc", "get_alias", FunctionName=name, Name="non-existent")


@recorded(A + "test_alias_naming")
def names_of_aliases(c):
    name = c.new_name()
    c.match("create_response", c.create(name, Environment=STAGING))
    c.match("publish_v1", c.publish_version(FunctionName=name))
    c.match("create_alias_date", c.create_alias(FunctionName=name, Name="2024-01-02", FunctionVersion="1", Description="custom-alias"))
    c.match("get_alias_date", c.get_alias(FunctionName=name, Name="2024-01-02"))
    c.refused("create_alias_number_exception", "create_alias", FunctionName=name, Name="2024", FunctionVersion="1", Description="custom-alias")


R = "TestLambdaRevisions::"


@recorded(R + "test_function_revisions_basic")
def revisions_of_functions(c):
    name, created = c.create_usual(Handler="index.handler")
    c.match("create_function_response_rev1", created)
    revision = c.match("get_function_response_rev2", c.get_function(FunctionName=name))["Configuration"]["RevisionId"]
    c.refused("update_function_revision_exception", "update_function_code", FunctionName=name, ZipFile=package(), RevisionId="wrong")
    c.match("update_function_code_response_rev3", c.update_function_code(FunctionName=name, ZipFile=package(), RevisionId=revision))
    c.settle(name)
    revision = c.match("get_function_response_rev4", c.get_function(FunctionName=name))["Configuration"]["RevisionId"]
    c.refused("update_function_configuration_revision_exception", "update_function_configuration", FunctionName=name, Runtime="python3.8", RevisionId="wrong")
    c.match("update_function_configuration_response_rev5", c.update_function_configuration(FunctionName=name, Runtime="python3.8", RevisionId=revision))
    c.settle(name)
    c.match("get_function_response_rev6", c.get_function(FunctionName=name))


@recorded(R + "test_function_revisions_version_and_alias")
def revisions_of_versions_and_aliases(c):
    name, created = c.create_usual()
    c.match("create_function_response_rev1", created)
    revision = c.match("get_function_active_rev2", c.get_function(FunctionName=name))["Configuration"]["RevisionId"]
    c.refused("publish_version_revision_exception", "publish_version", FunctionName=name, RevisionId="wrong")
    c.match("publish_version_response_rev_v1", c.publish_version(FunctionName=name, RevisionId=revision))
    c.match("get_function_published_version_rev_v2", c.get_function(FunctionName=name, Qualifier="1"))
    c.match("get_function_latest_rev3", c.get_function(FunctionName=name))
    revision = c.match("create_alias_response_rev_a1", c.create_alias(FunctionName=name, Name="revision_alias", FunctionVersion="1"))["RevisionId"]
    c.match("get_function_latest_rev4", c.get_function(FunctionName=name))
    c.match("get_function_published_version_rev_v3", c.get_function(FunctionName=name, Qualifier="1"))
    c.refused("update_alias_revision_exception", "update_alias", FunctionName=name, Name="revision_alias", RevisionId="wrong")
    c.match("update_alias_response_rev_a2", c.update_alias(FunctionName=name, Name="revision_alias", Description="something changed", RevisionId=revision))


@recorded(R + "test_function_revisions_permissions")
def revisions_of_policies(c):
    name, _ = c.create_usual()
    c.refused("add_permission_revision_exception", "add_permission", FunctionName=name, StatementId="s3", Action="lambda:InvokeFunction",
              Principal="s3.amazonaws.com", RevisionId="wrong")
