package com.amazonaws.services.lambda.runtime;

/**
 * A function that takes and returns objects; the runtime translates them from and to JSON.
 *
 * @param <I> the event
 * @param <O> the result
 */
public interface RequestHandler<I, O> {
  O handleRequest(I input, Context context);
}
