'use strict';

/**
 * How one run of a handler ends: by its promise, the callback, one of the context's old verbs, or because the event loop has run empty.
 * The first end counts.
 */
class Completion {
  /** Whether a result given to the callback waits until the function has nothing more to do. */
  waitsForEmptyEventLoop = true;
  #settle;
  #ended = false;
  #endWhenEmpty;

  /**
   * @param {(outcome: { result: unknown } | { error: unknown }) => void} settle
   * @param forgotten the outcome if the event loop runs empty before the handler said anything
   */
  constructor(settle, forgotten) {
    this.#settle = settle;
    this.#endWhenEventLoopIsEmpty(forgotten);
  }

  succeed(result) {
    this.#end({ result });
  }

  fail(error) {
    this.#end({ error: error ?? 'handled' });
  }

  done(error, result) {
    if (error === undefined || error === null) this.succeed(result);
    else this.fail(error);
  }

  callback(error, result) {
    const failed = error !== undefined && error !== null;
    if (failed || !this.waitsForEmptyEventLoop) this.done(error, result);
    else if (!this.#ended) this.#endWhenEventLoopIsEmpty({ result });
  }

  #endWhenEventLoopIsEmpty(outcome) {
    this.#forgetEventLoop();
    this.#endWhenEmpty = () => this.#end(outcome);
    process.once('beforeExit', this.#endWhenEmpty);
  }

  #end(outcome) {
    if (this.#ended) return;
    this.#ended = true;
    this.#forgetEventLoop();
    this.#settle(outcome);
  }

  #forgetEventLoop() {
    if (this.#endWhenEmpty) process.off('beforeExit', this.#endWhenEmpty);
  }
}

module.exports = { Completion };
