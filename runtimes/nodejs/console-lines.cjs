'use strict';

const { format } = require('node:util');
const { logTextOf, reportOf } = require('./error-report.cjs');

// By rising weight.
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const METHODS = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', fatal: 'FATAL' };

/** What the next lines of the console belong to; as in AWS the request reads "undefined" until the first invocation. */
const log = { requestId: undefined, tenantId: undefined };

/** Makes `console` write Lambda's log format, text or JSON, to standard output ("Using Lambda advanced logging controls with Node.js"). */
function writeConsoleLinesAsLambda() {
  const recordOf = isJson() ? jsonRecord : textRecord;
  const least = LEVELS.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase());
  for (const [method, level] of Object.entries(METHODS)) {
    const isWanted = LEVELS.indexOf(level) >= least;
    console[method] = isWanted ? (...values) => process.stdout.write(recordOf(level, values) + '\n') : () => {};
  }
}

/** Writes an error that failed an invocation or the whole process. */
function logError(title, error) {
  if (isJson()) console.error(error instanceof Error ? error : reportOf(error));
  else console.error(title, logTextOf(error));
}

function isJson() {
  return process.env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === 'JSON';
}

// Time, request id, level and message, divided by tabs. A log reader takes each line for a record, so the line breaks of one
// message travel as carriage returns.
function textRecord(level, values) {
  return [new Date().toISOString(), log.requestId, level, format(...values)].map(String).join('\t').replaceAll('\n', '\r');
}

// A single value is the message as it is, with all its fields; several are put together as text.
function jsonRecord(level, values) {
  const record = { timestamp: new Date().toISOString(), level, requestId: log.requestId, tenantId: log.tenantId };
  if (values.length > 1) return JSON.stringify({ ...record, message: format(...values), ...errorFields(values.find((value) => value instanceof Error)) });
  try {
    return JSON.stringify({ ...record, message: values[0] }, (_key, value) => (value instanceof Error ? { ...errorFields(value), ...value } : value));
  } catch {
    // It holds itself, or what JSON has no form for.
    return JSON.stringify({ ...record, message: format(...values) });
  }
}

function errorFields(error) {
  if (!error) return {};
  return { errorType: error.constructor?.name ?? 'UnknownError', errorMessage: error.message, stackTrace: String(error.stack).split('\n') };
}

module.exports = { log, writeConsoleLinesAsLambda, logError };
