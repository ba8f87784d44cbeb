'use strict';

const { setImmediate } = require('node:timers/promises');
const { logError } = require('./console-lines.cjs');
const { UnhandledPromiseRejection } = require('./runtime-errors.cjs');
const { pendingOutputIsWritten } = require('./standard-output.cjs');

// The exit codes of AWS's runtime.
const EXIT_AFTER_REJECTION = 128;
const EXIT_AFTER_EXCEPTION = 129;

/** Errors that no handler answers for: they are logged and reported to the platform, and then the process ends. */
class Faults {
  /**
   * Tells the platform of a fault in what runs now, init or an invocation. Between invocations there is nothing that could still
   * fail, so it is undefined then and the platform learns of the fault by the exit.
   * @type {((error: unknown) => Promise<void>) | undefined}
   */
  report;
  #ending = false;

  watch() {
    process.on('uncaughtException', (error) => this.endProcess(error));
    process.on('unhandledRejection', (reason) => this.endProcess(new UnhandledPromiseRejection(reason)));
  }

  /** Lets the rejections surface that the code run so far left behind; never returns once the process is ending. */
  async surface() {
    await setImmediate();
    if (this.#ending) await new Promise(() => {});
  }

  async endProcess(error) {
    if (this.#ending) return;
    this.#ending = true;
    const { report } = this;
    const rejected = error instanceof UnhandledPromiseRejection;
    logError(rejected ? 'Unhandled Promise Rejection' : 'Uncaught Exception', error);
    await pendingOutputIsWritten();
    try {
      await report?.(error);
    } catch (unreachable) {
      process.stderr.write(`The error could not be reported: ${unreachable.message}\n`);
    }
    process.exit(rejected ? EXIT_AFTER_REJECTION : EXIT_AFTER_EXCEPTION);
  }
}

module.exports = { Faults };
