'use strict';

const { fileURLToPath } = require('node:url');
const { reportOf } = require('./error-report.cjs');

const BYTES_MAX = 64 * 1024;
const MESSAGE_LENGTH_MAX = 1024;
const FRAME = /^\s*at (?:(?<label>.+?) \()?(?:async )?(?<path>\S.*?):(?<line>\d+):\d+\)?$/;

/**
 * The cause that X-Ray shows beside a failed function segment, as the value of the header Lambda-Runtime-Function-XRay-Error-Cause:
 * one line of ASCII of at most 64 KB, without the deepest frames and the end of the message where it would be longer.
 */
function xrayErrorCause(error) {
  const { errorType, errorMessage, trace } = reportOf(error);
  const stack = trace.map(frameOf).filter(Boolean);
  const whole = headerOf(errorType, errorMessage, stack);
  if (whole.length <= BYTES_MAX) return whole;

  const [type, message] = [errorType, errorMessage].map((text) => text.slice(0, MESSAGE_LENGTH_MAX));
  let frames = stack.length;
  while (frames > 0 && headerOf(type, message, stack.slice(0, frames)).length > BYTES_MAX) frames = Math.floor(frames / 2);
  return headerOf(type, message, stack.slice(0, frames));
}

function headerOf(type, message, stack) {
  const cause = {
    working_directory: process.cwd(),
    exceptions: [{ type, message, stack }],
    paths: [...new Set(stack.map((frame) => frame.path))],
  };
  return JSON.stringify(cause).replace(/[\u007f-\uffff]/g, (character) => '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0'));
}

function frameOf(traceLine) {
  const { label, path, line } = FRAME.exec(traceLine)?.groups ?? {};
  return path && { path: pathOf(path), line: Number(line), label: label ?? 'anonymous' };
}

// Frames of ES modules name their file by URL.
function pathOf(location) {
  return location.startsWith('file:///') ? fileURLToPath(location) : location;
}

module.exports = { xrayErrorCause };
