# frozen_string_literal: true

require_relative 'http_connection'

module LambrayRuntime
  # One event, with what the platform tells about it.
  class Invocation
    attr_reader :request_id, :attempt_id, :deadline_ms, :function_arn, :trace_header, :client_context, :cognito_identity, :tenant_id, :content_type, :event

    def initialize(headers, event)
      @request_id = headers['lambda-runtime-aws-request-id']
      @attempt_id = headers['lambda-runtime-invocation-id']
      @deadline_ms = headers['lambda-runtime-deadline-ms'].to_i
      @function_arn = headers['lambda-runtime-invoked-function-arn']
      @trace_header = headers['lambda-runtime-trace-id']
      @client_context = headers['lambda-runtime-client-context']
      @cognito_identity = headers['lambda-runtime-cognito-identity']
      @tenant_id = headers['lambda-runtime-aws-tenant-id']
      @content_type = headers['content-type']
      @event = event
    end
  end

  # The Runtime API, version 2018-06-01, as the platform serves it to this execution environment.
  class RuntimeApi
    ROOT = '/2018-06-01/runtime'

    def initialize(authority)
      @client = HttpClient.new(authority)
      @host = " HTTP/1.1\r\nHost: #{authority}\r\n"
    end

    # Waits for the next event.
    def next
      @client.exchange(next_request) { |answer| return invocation(answer) }
    end

    # Says how an invocation ended and waits for the next one.
    def answer_and_take_next(invocation, outcome)
      path = answer_path(invocation, outcome)
      answers = 0
      @client.exchange(post(path, outcome, invocation.attempt_id), next_request) do |answer|
        return invocation(answer) if (answers += 1) == 2

        check(path, answer)
      end
    end

    def answer(invocation, outcome)
      path = answer_path(invocation, outcome)
      @client.exchange(post(path, outcome, invocation.attempt_id)) { |answer| check(path, answer) }
    end

    def report_init_error(failure)
      path = "#{ROOT}/init/error"
      @client.exchange(post(path, failure)) { |answer| check(path, answer) }
    end

    # Waits for the function that a pre-started runtime is for: its environment variables as JSON; nil when there will be none.
    def prestarted_function
      @client.exchange(get('/lambray/prestart/function')) { |answer| return answer.status == 200 ? answer.body : nil }
    rescue ConnectionClosed, SystemCallError
      nil
    end

    private

    def answer_path(invocation, outcome) = "#{ROOT}/invocation/#{invocation.request_id}/#{outcome.kind}"

    def next_request = get("#{ROOT}/invocation/next")

    def get(path) = "GET #{path}#{@host}\r\n"

    def post(path, outcome, attempt_id = nil)
      headers = outcome.headers.map { |name, value| "#{name}: #{value}\r\n" }
      headers << "Lambda-Runtime-Invocation-Id: #{attempt_id}\r\n" if attempt_id
      "POST #{path}#{@host}#{headers.join}Content-Length: #{outcome.body.bytesize}\r\n\r\n".b + outcome.body.b
    end

    def invocation(answer)
      raise "The Runtime API answered #{answer.status} when asked for the next event: #{answer.body}" if answer.status != 200

      Invocation.new(answer.headers, answer.body)
    end

    # The platform tells its caller why it refused, for instance a response that is too large. The next event is still welcome.
    def check(path, answer)
      $stderr.puts("The Runtime API answered #{answer.status} to #{path}: #{answer.body}") if answer.status >= 400
      raise "The Runtime API answered #{answer.status} to #{path}" if answer.status >= 500
    end
  end
end
