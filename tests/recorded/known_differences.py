"""Answers that may differ from the recorded ones, and why."""

READY = "Here an update is ready within milliseconds; whether it still shows as being in progress depends on the machine."
OLD = "Recorded in 2022, before SnapStart, LoggingConfig and RuntimeVersionConfig; newer recordings have them, and so has Lambray."

KNOWN = {
    "TestLambdaFunction::test_lambda_code_location_zipfile get-function-response-updated": READY,
    "TestLambdaFunction::test_lambda_code_location_s3 get-function-response-updated": READY,
    "TestLambdaVersions::test_publish_with_update get_function_version_result": READY,
    "TestLambdaVersions::test_publish_with_update get_function_latest_result": READY,
    "TestLambdaVersions::test_publish_with_wrong_revisionid create_response": OLD,
    "TestLambdaVersions::test_publish_with_wrong_revisionid get_fn_response": OLD,
    "TestLambdaVersions::test_publish_with_wrong_revisionid publish_result": OLD,
    "TestLambdaFunction::test_function_arns function_arn_other_account_exc": "AWS says nothing at all; Lambray says which account it stands for.",
    "TestLambdaLayer::test_layer_exceptions list_layers_exc_compatibleruntime_invalid": "AWS lists names that never were public, and in another order each time.",
    "TestDynamoDBEventSourceMapping::test_disabled_dynamodb_event_source_mapping update_event_source_mapping_result": "Here no item is written in this case, so no batch went well.",
    "TestLambdaEventSourceMappings::test_create_event_source_self_managed event-source-mapping-default": "Recorded in 2024, before mappings had ARNs.",
    "TestLambdaEventSourceMappings::test_create_event_source_self_managed event-source-mapping-values": "Recorded in 2024, before mappings had ARNs.",
}
