'use strict';

/**
 * Resolves once everything written to standard output has left the process. A pipe that its reader lets run full makes Node.js queue
 * what it cannot write; answering before that is written would cut it out of the invocation's log tail.
 */
async function pendingOutputIsWritten() {
  if (process.stdout.writableLength > 0) await new Promise((resolve) => process.stdout.write('', resolve));
}

module.exports = { pendingOutputIsWritten };
