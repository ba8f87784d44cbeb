# frozen_string_literal: true

require 'json'

module LambrayRuntime
  # The context object that a handler gets beside its event.
  class LambdaContext
    attr_reader :aws_request_id, :invoked_function_arn, :log_group_name, :log_stream_name, :function_name, :memory_limit_in_mb,
                :function_version, :identity, :client_context, :deadline_ms, :tenant_id

    def initialize(invocation)
      @aws_request_id = invocation.request_id
      @invoked_function_arn = invocation.function_arn
      @deadline_ms = invocation.deadline_ms
      @tenant_id = invocation.tenant_id
      @log_group_name = ENV['AWS_LAMBDA_LOG_GROUP_NAME']
      @log_stream_name = ENV['AWS_LAMBDA_LOG_STREAM_NAME']
      @function_name = ENV['AWS_LAMBDA_FUNCTION_NAME']
      @memory_limit_in_mb = ENV['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']
      @function_version = ENV['AWS_LAMBDA_FUNCTION_VERSION']
      @identity = JSON.parse(invocation.cognito_identity) if invocation.cognito_identity
      @client_context = JSON.parse(invocation.client_context) if invocation.client_context
    end

    def get_remaining_time_in_millis # rubocop:disable Naming/AccessorMethodName -- AWS's name
      [0, deadline_ms - Process.clock_gettime(Process::CLOCK_REALTIME, :millisecond)].max
    end
  end
end
