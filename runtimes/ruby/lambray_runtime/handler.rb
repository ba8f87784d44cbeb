# frozen_string_literal: true

require 'json'
require_relative 'context'
require_relative 'log'
require_relative 'outcome'

module LambrayRuntime
  # The function that a handler name such as `app.handler` or `lib/app.Shop::Orders.handler` stands for.
  class Handler
    # Loads the file, from the task root or wherever else Ruby looks.
    def self.load(name)
      file, *owner, method = name.split('.')
      unless method && owner.size <= 1
        raise ArgumentError, "Invalid handler #{name.split('.')}, must be of form FILENAME.METHOD or FILENAME.CLASS.METHOD where FILENAME " \
                             'corresponds with an existing Ruby source file FILENAME.rb, CLASS is an optional module/class namespace and METHOD ' \
                             'is a callable method. If using CLASS, METHOD must be a class-level method.'
      end
      task_root = ENV.fetch('LAMBDA_TASK_ROOT')
      $LOAD_PATH.unshift(task_root) unless $LOAD_PATH.include?(task_root)
      require file
      new(owner.first, method)
    end

    def initialize(owner, method)
      @owner = owner
      @method = method
    end

    # An error never leaves this; it is logged and becomes the outcome.
    def run(invocation)
      Result.new(call(invocation))
    rescue Exception => e # rubocop:disable Lint/RescueException -- AWS reports an exit too
      failure = Failure.new(e)
      Log.error(failure.critical? ? 'Critical exception from handler' : 'Error raised from handler method', failure)
      failure
    end

    private

    def call(invocation)
      # Methods that a file defines outside of any class are private ones of every object.
      receiver = @owner ? Kernel.const_get(@owner) : TOPLEVEL_BINDING.receiver
      receiver.__send__(@method, event: event(invocation), context: LambdaContext.new(invocation))
    end

    def event(invocation)
      invocation.content_type == 'application/json' ? JSON.parse(invocation.event) : invocation.event
    end
  end
end
