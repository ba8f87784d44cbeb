# frozen_string_literal: true

# The Ruby runtime of Lambray. It meets the platform only by environment variables, standard output and the Runtime API.
#
#   1. a pre-started runtime waits until it is given its function
#   2. prepare the process: output and loggers
#   3. init phase: load the function's handler
#   4. invoke phase: take an event, run the handler, answer; for ever
require_relative 'lambray_runtime/handler'
require_relative 'lambray_runtime/log'
require_relative 'lambray_runtime/runtime_api'

module LambrayRuntime
  # The exit codes of AWS's runtime.
  EXIT_AFTER_INIT_ERROR = -4
  EXIT_AFTER_CRITICAL_ERROR = -1

  def self.start
    api = RuntimeApi.new(ENV.fetch('AWS_LAMBDA_RUNTIME_API'))

    # 1.
    if ENV.key?('_LAMBRAY_PRESTART')
      require_relative 'lambray_runtime/prestart'
      Prestart.become_function(api)
    end

    # 2.
    $stdout.sync = true
    Log.set_up

    # 3. A trace header belongs to an invocation; code that runs during init sees none.
    ENV.delete('_X_AMZN_TRACE_ID')
    handler = init(api)

    # 4. The answer and the request for the next event travel in one packet, which saves a round trip per invocation.
    invocation = api.next
    loop do
      Log.request_id = invocation.request_id
      ENV['_X_AMZN_TRACE_ID'] = invocation.trace_header
      outcome = handler.run(invocation)
      break end_after(api, invocation, outcome) if outcome.critical?

      invocation = api.answer_and_take_next(invocation, outcome)
    end
  end

  def self.init(api)
    Handler.load(ENV.fetch('_HANDLER'))
  rescue Exception => e # rubocop:disable Lint/RescueException -- an exit, too, is an init that failed
    failure = Failure.new(e, 'Init')
    Log.error("Init error when loading handler #{ENV.fetch('_HANDLER')}", failure)
    api.report_init_error(failure)
    exit!(EXIT_AFTER_INIT_ERROR)
  end

  # Errors that are no StandardError, and those in the code's names, end the environment as in AWS.
  def self.end_after(api, invocation, outcome)
    api.answer(invocation, outcome)
    exit(EXIT_AFTER_CRITICAL_ERROR)
  end
end

LambrayRuntime.start
