# frozen_string_literal: true

require 'json'
require 'rbconfig'

module LambrayRuntime
  # A runtime that is started before its function is known, so that a cold start need not wait for the interpreter.
  module Prestart
    # What most functions load sooner or later.
    PRELOADED = %w[date digest erb json logger net/http openssl securerandom set socket stringio tempfile time uri zlib].freeze
    # What a running interpreter cannot follow: it has read these.
    READ_AT_START = /\A(RUBY(?!LIB\z)\w*|LD_PRELOAD|SSL_CERT_\w+)\z/

    # Waits for a function and makes this process what it would be had it been started for it.
    def self.become_function(api)
      PRELOADED.each { |name| require name }
      before = ENV.to_h
      variables = api.prestarted_function
      exit!(0) if variables.nil?

      ENV.replace(JSON.parse(variables))
      Dir.chdir(ENV.fetch('LAMBDA_TASK_ROOT'))
      start_anew if settings(ENV) != settings(before) || libraries_moved?(before) || preloaded_are_shadowed?
      follow_search_paths(before)
    end

    class << self
      private

      def settings(variables) = variables.to_h.slice(*variables.keys.grep(READ_AT_START))

      # The dynamic loader reads its path once. That only matters where a folder that it does not know holds shared libraries.
      def libraries_moved?(before)
        (folders(ENV, 'LD_LIBRARY_PATH') - folders(before, 'LD_LIBRARY_PATH')).any? { |folder| !Dir.glob("#{folder}/*.so*").empty? }
      end

      # A function may have a file of its own by the name of one in the standard library, and then gets that.
      def preloaded_are_shadowed?
        folders(ENV, 'RUBYLIB').any? { |folder| PRELOADED.any? { |name| File.exist?("#{folder}/#{name}.rb") } }
      end

      def start_anew
        Kernel.exec(RbConfig.ruby, $PROGRAM_NAME)
      end

      def follow_search_paths(before)
        $LOAD_PATH.replace(folders(ENV, 'RUBYLIB') + ($LOAD_PATH - folders(before, 'RUBYLIB')))
        Gem.clear_paths
      end

      def folders(variables, name) = (variables[name] || '').split(':').reject(&:empty?)
    end
  end
end
