'use strict';

const { reportOf } = require('./error-report.cjs');
const { HttpClient } = require('./http-client.cjs');
const { xrayErrorCause } = require('./xray-error-cause.cjs');

const ROOT = '/2018-06-01/runtime';

/** The Runtime API, version 2018-06-01, as the platform serves it to this execution environment. */
class RuntimeApi {
  #client;

  /** @param {string} authority host and port, as in AWS_LAMBDA_RUNTIME_API */
  constructor(authority) {
    this.#client = new HttpClient(authority);
  }

  /** Waits for the next event. */
  async next() {
    const { status, headers, body } = await this.#client.request('GET', `${ROOT}/invocation/next`);
    if (status !== 200) throw new Error(`The Runtime API answered ${status} when asked for the next event: ${body}`);
    return {
      requestId: headers.get('lambda-runtime-aws-request-id'),
      attemptId: headers.get('lambda-runtime-invocation-id'),
      deadline: Number(headers.get('lambda-runtime-deadline-ms')),
      functionArn: headers.get('lambda-runtime-invoked-function-arn'),
      traceHeader: headers.get('lambda-runtime-trace-id'),
      clientContext: headers.get('lambda-runtime-client-context'),
      cognitoIdentity: headers.get('lambda-runtime-cognito-identity'),
      tenantId: headers.get('lambda-runtime-aws-tenant-id'),
      event: body.toString(),
    };
  }

  /** @param {{ body: string } | { error: unknown } | { streamed: true }} outcome a streamed response has been sent already */
  async answer(invocation, outcome) {
    const path = `/invocation/${invocation.requestId}`;
    if ('error' in outcome) await this.#reportError(`${path}/error`, outcome.error, attemptOf(invocation));
    else if ('body' in outcome) await this.#post(`${path}/response`, outcome.body, attemptOf(invocation));
  }

  /**
   * Begins to answer while the handler still runs.
   * @typedef {{ write(bytes: Buffer, done?: () => void): void, end(): Promise<void>, fail(error: unknown): Promise<void> }} StreamedResponse
   * @returns {StreamedResponse}
   */
  beginAnswer(invocation, contentType) {
    const path = `/invocation/${invocation.requestId}/response`;
    const request = this.#client.stream('POST', ROOT + path, {
      ...attemptOf(invocation),
      'Content-Type': contentType,
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
    });
    const end = async (trailers) => this.#look(path, await request.end(trailers));
    return { write: request.write, end: () => end(), fail: (error) => end(errorTrailers(error)) };
  }

  /** Waits for the function that a pre-started runtime is for: its environment variables; undefined when there will be none. */
  async prestartedFunction() {
    try {
      const { status, body } = await this.#client.request('GET', '/lambray/prestart/function');
      return status === 200 ? JSON.parse(body.toString()) : undefined;
    } catch {
      // The platform has ended, or has no use for this process.
      return undefined;
    }
  }

  async reportInitError(error) {
    await this.#reportError('/init/error', error, {});
  }

  async #reportError(path, error, headers) {
    const report = reportOf(error);
    await this.#post(path, JSON.stringify(report), {
      ...headers,
      'Lambda-Runtime-Function-Error-Type': headerOf(report.errorType),
      'Lambda-Runtime-Function-XRay-Error-Cause': xrayErrorCause(error),
    });
  }

  async #post(path, body, headers) {
    this.#look(path, await this.#client.request('POST', ROOT + path, { 'Content-Type': 'application/json', ...headers }, body));
  }

  #look(path, answer) {
    // The platform tells its caller why it refused, for instance a response that is too large. The next event is still welcome.
    if (answer.status >= 400) process.stderr.write(`The Runtime API answered ${answer.status} to ${path}: ${answer.body}\n`);
    if (answer.status >= 500) throw new Error(`The Runtime API answered ${answer.status} to ${path}`);
  }
}

function attemptOf({ attemptId }) {
  return attemptId ? { 'Lambda-Runtime-Invocation-Id': attemptId } : {};
}

function errorTrailers(error) {
  const report = reportOf(error);
  return {
    'Lambda-Runtime-Function-Error-Type': headerOf(report.errorType),
    'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(report)).toString('base64'),
  };
}

function headerOf(errorType) {
  return errorType.replace(/[^\x21-\x7e]/g, '_').slice(0, 256);
}

module.exports = { RuntimeApi };
