# frozen_string_literal: true

require 'json'

module LambrayRuntime
  # A runtime that is started before its function is known, so that a cold start need not wait for the interpreter.
  module Prestart
    # What most functions load sooner or later.
    PRELOADED = %w[date digest erb json logger net/http openssl securerandom set socket stringio tempfile time uri zlib].freeze

    # Waits for a function and makes this process what it would be had it been started for it. The platform gives it none that
    # sets what an interpreter reads only when it starts.
    def self.become_function(api)
      PRELOADED.each { |name| require name }
      before = ENV.to_h
      variables = api.prestarted_function
      exit!(0) if variables.nil?

      ENV.replace(JSON.parse(variables))
      Dir.chdir(ENV.fetch('LAMBDA_TASK_ROOT'))
      Kernel.exec(File.readlink('/proc/self/exe'), $PROGRAM_NAME) if preloaded_are_shadowed?
      follow_search_paths(before)
    end

    class << self
      private

      # A function may have a file of its own by the name of one in the standard library, and then gets that.
      def preloaded_are_shadowed?
        folders(ENV, 'RUBYLIB').any? { |folder| PRELOADED.any? { |name| File.exist?("#{folder}/#{name}.rb") } }
      end

      def follow_search_paths(before)
        $LOAD_PATH.replace(folders(ENV, 'RUBYLIB') + ($LOAD_PATH - folders(before, 'RUBYLIB')))
        Gem.clear_paths
      end

      def folders(variables, name) = (variables[name] || '').split(':').reject(&:empty?)
    end
  end
end
