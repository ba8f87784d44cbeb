# frozen_string_literal: true

require 'json'
require 'logger'

module LambrayRuntime
  # The function's log: what the runtime itself writes to it, and how Ruby's Logger does.
  module Log
    class << self
      # What the next records belong to.
      attr_accessor :request_id

      def set_up
        ::Logger.prepend(LoggerDefaults)
      end

      def json? = ENV['AWS_LAMBDA_LOG_FORMAT']&.upcase == 'JSON'

      # A log reader takes each line for a record, so the line breaks of one record travel as carriage returns.
      def record(text) = "#{text.chomp.gsub("\n", "\r")}\n"

      def error(title, failure)
        if json?
          $stdout.write(record(JSON.generate({ timestamp: JsonFormatter.time(Time.now), level: 'ERROR', message: title, requestId: request_id, **failure.report }.compact)))
        else
          $stdout.write(record(title), record(JSON.pretty_generate(failure.report)))
        end
      end
    end

    # Loggers that write to the function's log write AWS's format, unless they are given another.
    module LoggerDefaults
      def initialize(device = nil, *rest, **options)
        writes_to_log = [nil, $stdout, $stderr].include?(device)
        options[:formatter] ||= Log.json? ? JsonFormatter.new : TextFormatter.new if writes_to_log
        options[:level] ||= LoggerDefaults.level if writes_to_log && LoggerDefaults.level
        super(writes_to_log ? device || $stdout : device, *rest, **options)
      end

      def self.level
        { 'TRACE' => 'DEBUG', '' => nil }.fetch(ENV['AWS_LAMBDA_LOG_LEVEL'].to_s.upcase) { |level| level }
      end
    end

    # Ruby's own format with the request id after the level.
    class TextFormatter < ::Logger::Formatter
      def call(severity, time, program, message)
        moment = time.strftime(datetime_format || '%Y-%m-%dT%H:%M:%S.%6N')
        Log.record(format('%s, [%s #%d] %5s %s -- %s: %s', severity[0], moment, Process.pid, severity, Log.request_id, program, msg2str(message)))
      end
    end

    # One JSON object a record ("Using Lambda advanced logging controls").
    class JsonFormatter < ::Logger::Formatter
      def self.time(time) = time.utc.strftime('%Y-%m-%dT%H:%M:%S.%6NZ')

      def call(severity, time, program, message)
        fields = { timestamp: self.class.time(time.dup), level: severity, message: message.is_a?(Exception) ? message.message : msg2str(message) }
        fields.update(requestId: Log.request_id, logger: program)
        fields.update(errorType: message.class.to_s, errorMessage: message.message, stackTrace: message.backtrace) if message.is_a?(Exception)
        "#{JSON.generate(fields.compact)}\n"
      end
    end
  end
end
