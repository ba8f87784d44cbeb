# frozen_string_literal: true

require 'json'

module LambrayRuntime
  # What a handler returned, as the platform is told.
  class Result
    attr_reader :body, :headers

    # Anything that can be read, such as a StringIO, is passed on as it is.
    def initialize(value)
      is_raw = value.respond_to?(:read) && (value.is_a?(IO) || value.class.name == 'StringIO')
      @body = is_raw ? value.read : value.to_json
      @headers = { 'Content-Type' => is_raw ? 'application/unknown' : 'application/json' }
    end

    def kind = 'response'

    def critical? = false
  end

  # An error in the form that Ruby functions have in AWS: the phase around the class, as in "Function<ArgumentError>".
  class Failure
    FRAMES_MAX = 100
    CAUSE_BYTES_MAX = 64 * 1024
    CAUSE_FRAMES_MAX = 15
    CAUSE_MESSAGE_LENGTH_MAX = 1024

    # Other classes are the function's own business: the platform is not told their names.
    TOLD = %w[ArgumentError NoMethodError Exception StandardError NameError LoadError SystemExit SystemStackError].freeze
    OWN_FOLDER = File.expand_path('..', __dir__)

    attr_reader :report

    def initialize(error, phase = 'Function')
      @error = error
      @frames = frames(error)
      @type = "#{phase}<#{error.class}>"
      @report = { errorMessage: text(error.message), errorType: @type, stackTrace: @frames.map { |frame| text(frame.to_s) } }
    end

    def kind = 'error'

    def body = @body ||= JSON.generate(report)

    def critical? = @error.is_a?(NameError) || !@error.is_a?(StandardError)

    def headers
      told = TOLD.include?(@error.class.to_s) ? @type : 'Function<UserException>'
      { 'Content-Type' => 'application/json', 'Lambda-Runtime-Function-Error-Type' => told, 'Lambda-Runtime-Function-XRay-Error-Cause' => xray_cause }
    end

    private

    # The deepest call first, without the runtime's own and what called it.
    def frames(error)
      own = ->(frame) { frame.absolute_path&.start_with?("#{OWN_FOLDER}/") }
      (error.backtrace_locations || []).first(FRAMES_MAX).take_while { |frame| !own.call(frame) }
    end

    # One line of ASCII, which a header can carry.
    def xray_cause
      stack = @frames.first(CAUSE_FRAMES_MAX).map { |frame| { path: text(frame.path), line: frame.lineno, label: text(frame.label) } }
      whole = cause(report[:errorMessage], stack)
      whole.bytesize <= CAUSE_BYTES_MAX ? whole : cause(report[:errorMessage][0, CAUSE_MESSAGE_LENGTH_MAX], stack)
    end

    def cause(message, stack)
      exception = { type: @type, message: message, stack: stack }
      JSON.generate({ working_directory: Dir.pwd, exceptions: [exception], paths: stack.map { |frame| frame[:path] }.uniq }, ascii_only: true)
    end

    def text(value) = value.to_s.encode('UTF-8', invalid: :replace, undef: :replace)
  end
end
