"""What is set beside a function's configuration: events, addresses, concurrency, signatures, tags, loops; and the account's limits."""

from case import package, recorded

E = "TestLambdaEventInvokeConfig::"


@recorded(E + "test_lambda_eventinvokeconfig_lifecycle")
def event_invoke_config_lifecycle(c):
    name, _ = c.create_usual()
    c.match("put_invokeconfig_retries_0", c.put_function_event_invoke_config(FunctionName=name, MaximumRetryAttempts=0))
    c.match("put_invokeconfig_eventage_60", c.put_function_event_invoke_config(FunctionName=name, MaximumEventAgeInSeconds=60))
    c.match("update_invokeconfig_eventage_nochange", c.update_function_event_invoke_config(FunctionName=name, MaximumEventAgeInSeconds=60))
    c.match("update_invokeconfig_retries", c.update_function_event_invoke_config(FunctionName=name, MaximumRetryAttempts=1))
    c.match("get_invokeconfig", c.get_function_event_invoke_config(FunctionName=name))
    c.match("get_invokeconfig_latest", c.get_function_event_invoke_config(FunctionName=name, Qualifier="$LATEST"))
    c.match("list_single_invokeconfig", c.list_function_event_invoke_configs(FunctionName=name))
    c.match("publish_version_result", c.publish_version(FunctionName=name))
    c.refused("get_invokeconfig_postpublish", "get_function_event_invoke_config", FunctionName=name, Qualifier="1")
    c.match("put_published_invokeconfig", c.put_function_event_invoke_config(FunctionName=name, Qualifier="1", MaximumEventAgeInSeconds=120))
    c.match("get_published_invokeconfig", c.get_function_event_invoke_config(FunctionName=name, Qualifier="1"))
    paged = c.client.all_pages("list_function_event_invoke_configs", "FunctionEventInvokeConfigs", FunctionName=name)
    assert len(paged["FunctionEventInvokeConfigs"]) == 2, paged
    c.delete_function_event_invoke_config(FunctionName=name)
    c.match("list_paging_nolimit_postdelete", c.list_function_event_invoke_configs(FunctionName=name))


@recorded(E + "test_lambda_eventinvokeconfig_exceptions")
def event_invoke_configs_that_cannot_be(c):
    name, _ = c.create_usual()
    arn = c.arn(name)
    other, _ = c.create_usual()
    c.match("fn_version_result", c.publish_version(FunctionName=name))
    alias = c.match("fn_alias_result", c.create_alias(FunctionName=name, Name="eventinvokealias", FunctionVersion="1"))["AliasArn"]

    def put(label, **arguments):
        c.match(label, c.put_function_event_invoke_config(**{"FunctionName": name, **arguments}))

    def refused(label, **arguments):
        c.refused(label, "put_function_event_invoke_config", **{"FunctionName": name, **arguments})

    def to(outcome, destination):
        return {"DestinationConfig": {outcome: {"Destination": destination}}}

    once = {"MaximumRetryAttempts": 1}
    refused("put_functionname_name_notfound", FunctionName="doesnotexist", **once)
    refused("put_functionname_arn_notfound", FunctionName=c.arn("doesnotexist"), **once)
    refused("put_functionname_nootherargs", FunctionName="doesnotexist")
    refused("put_destination_lambda_doesntexist", **to("OnSuccess", c.arn("doesnotexist")))
    refused("put_destination_recursive", **to("OnSuccess", arn))
    put("put_destination_other_lambda", **to("OnSuccess", c.arn(other)))
    refused("put_destination_invalid_service_arn", **to("OnSuccess", arn.replace(":lambda:", ":iam:")))
    put("put_destination_success_no_destination_arn", DestinationConfig={"OnSuccess": {}})
    put("put_destination_failure_no_destination_arn", DestinationConfig={"OnFailure": {}})
    refused("put_destination_invalid_arn_pattern", **to("OnFailure", arn.replace(":lambda:", ":_-/!lambda:")))
    put("put_destination_latest", **once)
    put("put_destination_latest_explicit_qualifier", Qualifier="$LATEST", **once)
    put("put_destination_version", Qualifier="1", **once)
    put("put_alias_functionname_qualifier", Qualifier="eventinvokealias", **once)
    refused("put_alias_doesnotexist", Qualifier="eventinvokealiasdoesnotexist", **once)
    put("put_alias_qualifiedarn", FunctionName=alias, **once)
    put("put_alias_qualifiedarn_qualifier", FunctionName=alias, Qualifier="eventinvokealias", **once)
    refused("put_alias_qualifiedarn_qualifierconflict", FunctionName=alias, Qualifier="eventinvokealiasdoesnotexist", **once)
    put("put_alias_shorthand", FunctionName=f"{name}:eventinvokealias", **once)
    put("put_alias_shorthand_qualifier", FunctionName=f"{name}:eventinvokealias", Qualifier="eventinvokealias", **once)
    refused("put_alias_shorthand_qualifierconflict", FunctionName=f"{name}:eventinvokealias", Qualifier="eventinvokealiasdoesnotexist", **once)
    put("put_version_shorthand", FunctionName=f"{name}:1", **once)
    put("put_shorthand_qualifier_match", FunctionName=f"{name}:$LATEST", Qualifier="$LATEST", **once)
    refused("put_shorthand_qualifier_mismatch_1", FunctionName=f"{name}:1", Qualifier="$LATEST", **once)
    refused("put_shorthand_qualifier_mismatch_2", FunctionName=f"{name}:$LATEST", Qualifier="1", **once)
    refused("put_shorthand_qualifier_mismatch_3", FunctionName=f"{name}:1", Qualifier="eventinvokealias", **once)
    put("put_maxevent_maxvalue_result", MaximumRetryAttempts=2, MaximumEventAgeInSeconds=21600)
    put("put_pre_overwrite", MaximumRetryAttempts=2, MaximumEventAgeInSeconds=60)
    put("put_post_overwrite", MaximumRetryAttempts=0)
    put("second_overwrite_existing_response", MaximumRetryAttempts=0)
    c.match("get_post_overwrite", c.get_function_event_invoke_config(FunctionName=name))
    put("pre_update_response", MaximumRetryAttempts=2, MaximumEventAgeInSeconds=60)
    c.match("update_response", c.update_function_event_invoke_config(FunctionName=name, MaximumRetryAttempts=0))
    c.match("update_response_existing", c.update_function_event_invoke_config(FunctionName=name, MaximumRetryAttempts=0))
    c.match("list_configs", c.list_function_event_invoke_configs(FunctionName=name))
    for label, qualifier in (("delete_latest", "$LATEST"), ("delete_version", "1"), ("delete_alias", "eventinvokealias")):
        c.match(label, c.delete_function_event_invoke_config(FunctionName=name, Qualifier=qualifier))
    c.match("list_configs_postdelete", c.list_function_event_invoke_configs(FunctionName=name))
    c.refused("delete_function_not_found", "delete_function_event_invoke_config", FunctionName=name)
    c.refused("delete_function_doesnotexist", "delete_function_event_invoke_config", FunctionName="doesnotexist")
    c.refused("list_function_doesnotexist", "list_function_event_invoke_configs", FunctionName="doesnotexist")
    c.refused("get_function_doesnotexist", "get_function_event_invoke_config", FunctionName="doesnotexist")
    c.refused("get_qualifier_doesnotexist", "get_function_event_invoke_config", FunctionName=name, Qualifier="doesnotexist")
    update = {"MaximumRetryAttempts": 0}
    c.refused("update_eventinvokeconfig_function_doesnotexist", "update_function_event_invoke_config", FunctionName="doesnotexist", **update)
    c.refused("get_eventinvokeconfig_doesnotexist", "get_function_event_invoke_config", FunctionName=alias)
    c.refused("update_eventinvokeconfig_config_doesnotexist_with_qualifier", "update_function_event_invoke_config", FunctionName=alias, **update)
    c.refused("update_eventinvokeconfig_config_doesnotexist_without_qualifier", "update_function_event_invoke_config", FunctionName=arn, **update)


U = "TestLambdaUrl::"


def create_with_alias(c):
    name, _ = c.create_usual(Runtime="nodejs20.x", Handler="lambda_handler.handler")
    c.match("fn_version_result", c.publish_version(FunctionName=name))
    c.match("create_alias_result", c.create_alias(FunctionName=name, Name="urlalias", FunctionVersion="1"))
    return name


@recorded(U + "test_url_config_exceptions")
def addresses_that_cannot_be(c):
    name = create_with_alias(c)
    requests = {
        "name_doesnotexist": {"FunctionName": "doesnotexist"},
        "arn_doesnotexist": {"FunctionName": c.arn("doesnotexist")},
        "name_doesnotexist_qualifier": {"FunctionName": "doesnotexist", "Qualifier": "1"},
        "qualifier_version": {"FunctionName": name, "Qualifier": "1"},
        "qualifier_version_doesnotexist": {"FunctionName": name, "Qualifier": "2"},
        "qualifier_alias_doesnotexist": {"FunctionName": name, "Qualifier": "v1"},
        "qualifier_alias_doesnotmatch_arn": {"FunctionName": f"{name}:urlalias-doesnotmatch", "Qualifier": "urlalias"},
        "qualifier_latest": {"FunctionName": name, "Qualifier": "$LATEST"},
        "config_doesnotexist": {"FunctionName": name},
    }
    for operation, more in {"create": {"AuthType": "NONE"}, "get": {}, "delete": {}, "update": {"AuthType": "AWS_IAM"}}.items():
        for label, arguments in requests.items():
            if (operation, label) != ("create", "config_doesnotexist"):
                c.refused(f"{operation}_function_url_config_{label}", f"{operation}_function_url_config", **arguments, **more)


@recorded(U + "test_url_config_list_paging")
def lists_of_addresses(c):
    name = create_with_alias(c)
    c.refused("list_function_notfound", "list_function_url_configs", FunctionName="doesnotexist")
    c.match("list_all_empty", c.list_function_url_configs(FunctionName=name))
    c.match("url_config_fn", c.create_function_url_config(FunctionName=name, AuthType="NONE"))
    c.match("url_config_alias", c.create_function_url_config(FunctionName=f"{name}:urlalias", Qualifier="urlalias", AuthType="NONE"))
    c.match("list_all", c.list_function_url_configs(FunctionName=name))
    paged = c.client.all_pages("list_function_url_configs", "FunctionUrlConfigs", FunctionName=name)["FunctionUrlConfigs"]
    assert len({config["FunctionUrl"] for config in paged}) == 2, paged


@recorded(U + "test_url_config_lifecycle")
def address_lifecycle(c):
    name, _ = c.create_usual()
    c.match("url_creation", c.create_function_url_config(FunctionName=name, AuthType="NONE"))
    c.refused("failed_duplication", "create_function_url_config", FunctionName=name, AuthType="NONE")
    c.match("get_url_config", c.get_function_url_config(FunctionName=name))
    c.match("updated_url_config", c.update_function_url_config(FunctionName=name, AuthType="AWS_IAM"))
    c.delete_function_url_config(FunctionName=name)
    c.refused("failed_getter", "get_function_url_config", FunctionName=name)


@recorded(U + "test_url_config_deletion_without_qualifier")
def an_alias_keeps_its_address(c):
    name = c.new_name()
    c.create(name)
    c.publish_version(FunctionName=name)
    c.create_alias(FunctionName=name, Name="test-alias", FunctionVersion="1")
    c.match("url_creation", c.create_function_url_config(FunctionName=name, AuthType="NONE"))
    c.match("url_with_alias_creation", c.create_function_url_config(FunctionName=name, AuthType="NONE", Qualifier="test-alias"))
    c.match("get_url_config", c.get_function_url_config(FunctionName=name))
    c.match("get_url_config_with_alias", c.get_function_url_config(FunctionName=name, Qualifier="test-alias"))
    c.match("delete_function_url_config", c.delete_function_url_config(FunctionName=name))
    c.refused("get_url_config_after_deletion", "get_function_url_config", FunctionName=name)
    c.match("get_url_config_with_alias_after_deletion", c.get_function_url_config(FunctionName=name, Qualifier="test-alias"))


C = "TestLambdaReservedConcurrency::"


@recorded(C + "test_function_concurrency_exceptions")
def reservations_that_cannot_be(c):
    for label in ("", "_and_invalid_concurrency"):
        c.refused(f"put_function_concurrency_with_function_name_doesnotexist{label}", "put_function_concurrency",
                  FunctionName="doesnotexist", ReservedConcurrentExecutions=0 if label else 1)
    name, _ = c.create_usual()
    c.refused("put_function_concurrency_with_qualified_arn", "put_function_concurrency", FunctionName=c.arn(f"{name}:$LATEST"), ReservedConcurrentExecutions=0)


@recorded(C + "test_function_concurrency_limits")
def reservations_beyond_the_limit(c):
    name, _ = c.create_usual()
    for label, concurrency in (("account_limit_exceeded", 1001), ("below_unreserved_min_value", 1000)):
        c.refused(f"put_function_concurrency_{label}", "put_function_concurrency", FunctionName=name, ReservedConcurrentExecutions=concurrency)


@recorded(C + "test_function_concurrency")
def reservation_lifecycle(c):
    name, _ = c.create_usual()
    for concurrency in (0, 1):
        c.match(f"put_function_concurrency_with_reserved_{concurrency}", c.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=concurrency))
    c.match("get_function_concurrency", c.get_function_concurrency(FunctionName=name))
    c.match("delete_response", c.delete_function_concurrency(FunctionName=name))
    c.match("get_function_concurrency_after_delete", c.get_function_concurrency(FunctionName=name))


O = "TestLambdaProvisionedConcurrency::"


@recorded(O + "test_provisioned_concurrency_exceptions")
def provisions_that_cannot_be(c):
    name, _ = c.create_usual()
    c.match("publish_version_result", c.publish_version(FunctionName=name))
    c.refused("get_provisioned_config_doesnotexist", "get_provisioned_concurrency_config", FunctionName=name, Qualifier="1")
    for operation in ("get", "delete"):
        request = f"{operation}_provisioned_concurrency_config"
        nobody = {"FunctionName": "doesnotexist", "Qualifier": "noalias" if operation == "get" else "1"}
        c.refused(f"{operation}_provisioned_functionname_doesnotexist", request, **nobody)
        c.refused(f"{operation}_provisioned_qualifier_doesnotexist", request, FunctionName=name, Qualifier="noalias")
        c.refused(f"{operation}_provisioned_version_doesnotexist", request, FunctionName=name, Qualifier="10")
        c.refused(f"{operation}_provisioned_latest", request, FunctionName=name, Qualifier="$LATEST")
    c.match("list_provisioned_noconfigs", c.list_provisioned_concurrency_configs(FunctionName=name))
    c.refused("list_provisioned_functionname_doesnotexist", "list_provisioned_concurrency_configs", FunctionName="doesnotexist")
    c.match("delete_provisioned_config_doesnotexist", c.delete_provisioned_concurrency_config(FunctionName=name, Qualifier="1"))

    def put(label, function, qualifier, concurrency=1):
        c.refused(f"put_provisioned_{label}", "put_provisioned_concurrency_config", FunctionName=function, Qualifier=qualifier, ProvisionedConcurrentExecutions=concurrency)

    put("invalid_param_0", name, "1", 0)
    put("functionname_doesnotexist_alias", "doesnotexist", "noalias")
    put("functionname_doesnotexist_version", "doesnotexist", "1")
    put("qualifier_doesnotexist", name, "doesnotexist")
    put("version_doesnotexist", name, "10")
    put("latest", name, "$LATEST")


@recorded(O + "test_provisioned_concurrency_limits")
def provisions_beyond_the_limit(c):
    name, _ = c.create_usual()
    c.publish_version(FunctionName=name)
    for label, concurrency in (("account_limit_exceeded", 1001), ("below_unreserved_min_value", 1000)):
        c.refused(f"put_provisioned_concurrency_{label}", "put_provisioned_concurrency_config",
                  FunctionName=name, Qualifier="1", ProvisionedConcurrentExecutions=concurrency)


@recorded(O + "test_lambda_provisioned_lifecycle")
def provision_lifecycle(c):
    name, _ = c.create_usual()
    c.match("publish_version_result", c.publish_version(FunctionName=name))
    c.match("create_alias_result", c.create_alias(FunctionName=name, Name="alias-name", FunctionVersion="1"))
    version, alias = {"FunctionName": name, "Qualifier": "1"}, {"FunctionName": name, "Qualifier": "alias-name"}
    one = {"ProvisionedConcurrentExecutions": 1}
    c.match("put_provisioned_on_version", c.put_provisioned_concurrency_config(**version, **one))
    c.refused("put_provisioned_on_alias_versionconflict", "put_provisioned_concurrency_config", **alias, **one)
    c.match("delete_provisioned_version", c.delete_provisioned_concurrency_config(**version))
    c.refused("get_provisioned_version_postdelete", "get_provisioned_concurrency_config", **version)
    c.match("put_provisioned_on_alias", c.put_provisioned_concurrency_config(**alias, **one))
    c.refused("put_provisioned_on_version_conflict", "put_provisioned_concurrency_config", **version, **one)
    c.match("delete_alias_result", c.delete_alias(FunctionName=name, Name="alias-name"))
    c.refused("get_provisioned_alias_postaliasdelete", "get_provisioned_concurrency_config", **alias)
    c.match("list_response_postdeletes", c.list_provisioned_concurrency_configs(FunctionName=name))


G = "TestCodeSigningConfig::"


def create_signing(c):
    return c.match("create_code_signing_config", c.create_code_signing_config(
        Description="Testing CodeSigning Config", CodeSigningPolicies={"UntrustedArtifactOnDeployment": "Enforce"},
        AllowedPublishers={"SigningProfileVersionArns": [f"arn:aws:signer:{c.region}:{c.account}:/signing-profiles/test"]}))["CodeSigningConfig"]["CodeSigningConfigArn"]


@recorded(G + "test_function_code_signing_config")
def code_signing_lifecycle(c):
    name, _ = c.create_usual()
    arn = create_signing(c)
    config = {"CodeSigningConfigArn": arn}
    c.match("update_code_signing_config", c.update_code_signing_config(CodeSigningPolicies={"UntrustedArtifactOnDeployment": "Warn"}, **config))
    c.match("get_code_signing_config", c.get_code_signing_config(**config))
    c.match("put_function_code_signing_config", c.put_function_code_signing_config(FunctionName=name, **config))
    c.match("get_function_code_signing_config", c.get_function_code_signing_config(FunctionName=name))
    listed = c.client.all_pages("list_code_signing_configs", "CodeSigningConfigs")["CodeSigningConfigs"]
    c.match("list_code_signing_configs", next(one for one in listed if one["CodeSigningConfigArn"] == arn))
    c.match("list_functions_by_code_signing_config", c.list_functions_by_code_signing_config(**config))
    c.match("delete_function_code_signing_config", c.delete_function_code_signing_config(FunctionName=name))
    c.match("delete_code_signing_config", c.delete_code_signing_config(**config))


@recorded(G + "test_code_signing_not_found_excs")
def code_signing_that_is_not_there(c):
    name, _ = c.create_usual()
    arn = create_signing(c)
    config, wrong, nobody = {"CodeSigningConfigArn": arn}, {"CodeSigningConfigArn": f"{arn[:-1]}x"}, {"FunctionName": "csc-test-doesnotexist"}
    c.refused("delete_csc_notfound", "delete_code_signing_config", **wrong)
    c.match("nothing_to_delete_response", c.delete_function_code_signing_config(FunctionName=name))
    c.refused("delete_function_csc_fnnotfound", "delete_function_code_signing_config", **nobody)
    c.refused("put_function_csc_invalid_fnname", "put_function_code_signing_config", **nobody, **config)
    c.refused("put_function_csc_invalid_csc_arn", "put_function_code_signing_config", FunctionName=name, **wrong)
    c.refused("put_function_csc_invalid_both", "put_function_code_signing_config", **nobody, **wrong)
    c.refused("update_csc_invalid_csc_arn", "update_code_signing_config", Description="new-description", **wrong)
    c.refused("update_csc_noupdates", "update_code_signing_config", **wrong)
    c.match("update_csc_noupdate_response", c.update_code_signing_config(**config))
    c.refused("get_csc_invalid", "get_code_signing_config", **wrong)
    c.match("get_function_csc_fnwithoutcsc", c.get_function_code_signing_config(FunctionName=name))
    c.refused("get_function_csc_nonexistingfn", "get_function_code_signing_config", **nobody)
    c.match("list_functions_by_csc_fnwithoutcsc", c.list_functions_by_code_signing_config(**config))
    c.refused("list_functions_by_csc_invalid_cscarn", "list_functions_by_code_signing_config", **wrong)


T, W = "TestLambdaTag::", "TestLambdaTags::"


@recorded(T + "test_create_tag_on_fn_create")
def tags_of_a_new_function(c):
    name, _ = c.create_usual(Tags={"testtag": "custom-tag"})
    c.match("get_function_result", c.get_function(FunctionName=name))
    c.match("list_tags_result", c.list_tags(Resource=c.arn(name)))


@recorded(T + "test_tag_lifecycle", T + "test_tag_lifecycle[lambda_function]", T + "test_tag_lifecycle[event_source_mapping]")
def tag_lifecycle(c):
    arn = c.arn(c.create_usual()[0])
    if c.parameter == "event_source_mapping":
        queue = c.new_name("queue")
        c.client.create_queue(queue)
        arn = c.create_event_source_mapping(FunctionName=arn, EventSourceArn=f"arn:aws:sqs:{c.region}:{c.account}:{queue}")["EventSourceMappingArn"]
    resource = {"Resource": arn}
    for label, tags in {"single": {"A": "tag-a"}, "multiple": {"B": "tag-b", "C": "tag-c"}, "overlap": {"C": "tag-c-newsuffix", "D": "tag-d"}}.items():
        c.match(f"tag_{label}_response", c.tag_resource(Tags=tags, **resource))
        c.match(f"tag_{label}_response_listtags", c.list_tags(**resource))
    for label, keys in {"single": ["A"], "multiple": ["B", "C"], "nonexisting": ["F"], "existing_and_nonexisting": ["D", "F"]}.items():
        c.match(f"untag_{label}_response", c.untag_resource(TagKeys=keys, **resource))
        c.match(f"untag_{label}_response_listtags", c.list_tags(**resource))


@recorded(T + "test_tag_exceptions[lambda_function]")
def tags_of_what_is_no_function(c):
    refuse_tags(c, c.arn("0d2c6ea8-0000-4000-8000-000000000000"))
    c.refused("aliased_arn_exception", "list_tags", Resource=c.arn("0d2c6ea8-0000-4000-8000-000000000000:alias"))
    c.refused("invalid_arn_exception", "list_tags", Resource=c.arn("x").replace(":function:", ":foobar:"))


@recorded(T + "test_tag_nonexisting_resource")
def tags_of_a_deleted_function(c):
    name, _ = c.create_usual()
    c.match("pre_delete_get_function", c.get_function(FunctionName=c.arn(name)))
    c.delete_function(FunctionName=c.arn(name))
    refuse_tags(c, c.arn(name))


def refuse_tags(c, arn):
    c.refused("not_found_exception_tag", "tag_resource", Resource=arn, Tags={"A": "B"})
    c.refused("not_found_exception_untag", "untag_resource", Resource=arn, TagKeys=["A"])
    c.refused("not_found_exception_list", "list_tags", Resource=arn)


@recorded(W + "test_tag_exceptions")
def tags_that_cannot_be(c):
    arn = c.arn(c.create_usual()[0])
    tags = {"Tags": {"key_a": "value_a"}}
    c.refused("tag_lambda_invalidarn", "tag_resource", Resource="arn:aws:something", **tags)
    c.refused("tag_lambda_doesnotexist", "tag_resource", Resource=c.arn("doesnotexist"), **tags)
    c.refused("tag_lambda_qualifier_doesnotexist", "tag_resource", Resource=f"{arn}:v1", **tags)
    c.match("list_tag_lambda_empty", c.list_tags(Resource=arn))
    c.match("untag_nomatch", c.untag_resource(Resource=arn, TagKeys=["somekey"]))
    c.refused("untag_empty_keys", "untag_resource", Resource=arn, TagKeys=[])
    c.refused("tag_empty_tags", "tag_resource", Resource=arn, Tags={})


@recorded(W + "test_tag_limits")
def too_many_tags(c):
    name, _ = c.create_usual()
    resource = {"Resource": c.arn(name)}
    tags = lambda count: {f"{number}_key": f"{number}_value" for number in range(count)}
    c.refused("tag_lambda_too_many_tags", "tag_resource", Tags=tags(51), **resource)
    c.match("tag_response", c.tag_resource(Tags=tags(50), **resource))
    c.match("list_tags_response", c.list_tags(**resource))
    c.match("get_fn_response", c.get_function(FunctionName=name))
    c.refused("tag_lambda_too_many_tags_additional", "tag_resource", Tags={"a_key": "a_value"}, **resource)
    c.refused("create_function_invalid_tags", "create_function", FunctionName=c.new_name(), **c.settings(Tags=tags(51)))


@recorded(W + "test_tag_versions")
def tags_of_versions(c):
    name, _ = c.create_usual(Tags={"key_a": "value_a"})
    c.publish_version(FunctionName=name)
    for label, qualifier in (("", "1"), ("latest_", "$LATEST")):
        c.refused(f"tag_resource_{label}exception", "tag_resource", Resource=c.arn(f"{name}:{qualifier}"), Tags={"key_b": "value_b"})


@recorded(W + "test_tag_lifecycle")
def tags_as_the_function_shows_them(c):
    name, _ = c.create_usual(Tags={"key_a": "value_a"})
    resource = {"Resource": c.arn(name)}

    def look(when):
        c.match(f"list_tags_response_{when}", c.list_tags(**resource))
        c.match(f"get_fn_response_{when}", c.get_function(FunctionName=c.arn(name)))

    look("postfncreate")
    c.match("tag_resource_response", c.tag_resource(Tags={f"key_{letter}": f"value_{letter}" for letter in "bcde"}, **resource))
    look("postaddtags")
    c.match("tag_resource_overwrite", c.tag_resource(Tags={"key_b": "value_b", "key_c": "value_x"}, **resource))
    look("overwrite")
    c.untag_resource(TagKeys=["key_c", "key_d"], **resource)
    look("postuntag")
    c.untag_resource(TagKeys=["key_a", "key_b", "key_e"], **resource)
    look("postuntagall")
    c.delete_function(FunctionName=name)
    c.refused("list_tags_postdelete", "list_tags", **resource)


L = "TestLambdaRecursion::"


@recorded(L + "test_put_function_recursion_config_allow")
def allowing_loops(c):
    name, _ = c.create_usual()
    c.match("put_recursion_config_response", c.put_function_recursion_config(FunctionName=name, RecursiveLoop="Allow"))
    c.match("get_recursion_config_response", c.get_function_recursion_config(FunctionName=name))


@recorded(L + "test_put_function_recursion_config_default_terminate")
def loops_end(c):
    c.match("get_recursion_default_terminate_response", c.get_function_recursion_config(FunctionName=c.create_usual()[0]))


@recorded(L + "test_put_function_recursion_config_invalid_value")
def loops_that_are_none(c):
    c.refused("put_recursion_invalid_value_error", "put_function_recursion_config", FunctionName=c.create_usual()[0], RecursiveLoop="InvalidValue")


X = "TestLambdaAccountSettings::"


@recorded(X + "test_account_settings")
def account_settings(c):
    settings = c.get_account_settings()
    c.match("acc_settings_modded", {**settings, "AccountLimit": sorted(settings["AccountLimit"]), "AccountUsage": sorted(settings["AccountUsage"])})


@recorded(X + "test_account_settings_total_code_size")
def code_size_of_all(c):
    # The recorded differences are the sizes of the zips that were sent; so are ours, of zips of those sizes.
    code, content = of_size(276), of_size(169)
    usage = code_bytes(c)
    name, _ = c.create_usual(Code={"ZipFile": code})
    usage = differs(c, "total_code_size_diff_create_function", usage)
    c.update_function_code(FunctionName=name, ZipFile=code, Publish=True)
    usage = differs(c, "total_code_size_diff_update_function", usage)
    layer = c.new_name("layer")
    c.publish_layer_version(LayerName=layer, Content={"ZipFile": content})
    usage = differs(c, "total_code_size_diff_publish_layer", usage)
    c.publish_layer_version(LayerName=layer, Content={"ZipFile": content})
    differs(c, "total_code_size_diff_publish_layer_version", usage)


@recorded(X + "test_account_settings_total_code_size_config_update")
def code_size_after_a_change_of_configuration(c):
    before = code_bytes(c)
    name, _ = c.create_usual(Runtime="nodejs18.x", Code={"ZipFile": of_size(300)})
    created = code_bytes(c)
    c.match("is_total_code_size_diff_create_function_more_than_200", created - before > 200)
    c.update_function_configuration(FunctionName=name, Runtime="nodejs20.x")
    c.settle(name)
    updated = code_bytes(c)
    c.match("total_code_size_diff_update_function_configuration", updated - created)
    c.publish_version(FunctionName=name, Description="actually publish the config update")
    c.match("is_total_code_size_diff_publish_version_after_config_update_more_than_200", code_bytes(c) - updated > 200)


def of_size(size):
    # What a zip's end says of a comment is as long as the comment.
    zip_bytes = package("x")
    missing = size - len(zip_bytes)
    return zip_bytes[:-2] + missing.to_bytes(2, "little") + b" " * missing


def code_bytes(c):
    return c.get_account_settings()["AccountUsage"]["TotalCodeSize"]


def differs(c, label, before):
    after = code_bytes(c)
    c.match(label, after - before)
    return after
