import { reportOf } from './error-report.mjs';
import { HttpClient } from './http-client.mjs';
import { xrayErrorCause } from './xray-error-cause.mjs';

const ROOT = '/2018-06-01/runtime';

/** The Runtime API, version 2018-06-01, as the platform serves it to this execution environment. */
export class RuntimeApi {
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

  /** @param {{ body: string } | { error: unknown }} outcome */
  async answer({ requestId, attemptId }, outcome) {
    const attempt = attemptId ? { 'Lambda-Runtime-Invocation-Id': attemptId } : {};
    if ('error' in outcome) await this.#reportError(`/invocation/${requestId}/error`, outcome.error, attempt);
    else await this.#post(`/invocation/${requestId}/response`, outcome.body, attempt);
  }

  async reportInitError(error) {
    await this.#reportError('/init/error', error, {});
  }

  async #reportError(path, error, headers) {
    const report = reportOf(error);
    await this.#post(path, JSON.stringify(report), {
      ...headers,
      'Lambda-Runtime-Function-Error-Type': report.errorType.replace(/[^\x21-\x7e]/g, '_').slice(0, 256),
      'Lambda-Runtime-Function-XRay-Error-Cause': xrayErrorCause(error),
    });
  }

  async #post(path, body, headers) {
    const answer = await this.#client.request('POST', ROOT + path, { 'Content-Type': 'application/json', ...headers }, body);
    // The platform tells its caller why it refused, for instance a response that is too large. The next event is still welcome.
    if (answer.status >= 400) process.stderr.write(`The Runtime API answered ${answer.status} to ${path}: ${answer.body}\n`);
    if (answer.status >= 500) throw new Error(`The Runtime API answered ${answer.status} to ${path}`);
  }
}
