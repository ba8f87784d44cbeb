import { once } from 'node:events';
import { createServer } from 'node:http';

const ROOT = '/2018-06-01/runtime';

/** A platform for one execution environment: hands out the events given to `invoke` and collects what the runtime answers. */
export class FakeRuntimeApi {
  #server = createServer({ maxHeaderSize: 256 * 1024 }, (request, response) => this.#serve(request, response));
  #invocations = [];
  #waitingForEvent;
  #underWay = new Map();
  #initError = deferred();
  #closing = new WeakSet();
  #prestarted = deferred();

  /** Whether connections end with the answer to a result, as servers do that will not read on. */
  closesAfterAnswer = false;

  /** What is said to results and errors; other than 202 for those that the platform refuses. */
  answerStatus = 202;

  static async start() {
    const api = new FakeRuntimeApi();
    api.#server.listen(0, '127.0.0.1');
    await once(api.#server, 'listening');
    return api;
  }

  get authority() {
    return `127.0.0.1:${this.#server.address().port}`;
  }

  /** The report of an init phase that failed. */
  get initError() {
    return this.#initError.promise;
  }

  /** Gives a pre-started runtime its function, or none. */
  becomeFunction(variables) {
    this.#prestarted.resolve(variables);
  }

  /** @returns {Promise<{ kind: 'response' | 'error', headers: object, trailers: object, body: any }>} what the runtime answers to this event */
  invoke(event = {}, headers = {}) {
    const requestId = `request-${this.#underWay.size + 1}`;
    const answer = deferred();
    this.#underWay.set(requestId, answer);
    this.#invocations.push({ requestId, headers, text: typeof event === 'string' ? event : JSON.stringify(event) });
    this.#handOut();
    return answer.promise;
  }

  /** Closes the connections on which the runtime waits for nothing, as servers do after a while. */
  closeIdleConnections() {
    this.#server.closeIdleConnections();
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(request, response) {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    if (this.#closing.has(request.socket)) return;
    const [, requestId, kind] = new RegExp(`^${ROOT}/invocation/([^/]+)/(response|error)$`).exec(request.url) ?? [];
    if (request.url === `${ROOT}/invocation/next`) {
      this.#waitingForEvent = response;
      this.#handOut();
    } else if (request.url === `${ROOT}/init/error`) {
      this.#accept(response);
      this.#initError.resolve({ headers: request.headers, body: JSON.parse(body) });
    } else if (kind && this.#underWay.has(requestId)) {
      this.#accept(response, this.closesAfterAnswer);
      const { headers, trailers } = request;
      const parsed = headers['content-type'] === 'application/json' ? JSON.parse(body) : body;
      this.#underWay.get(requestId).resolve({ kind, headers, trailers, body: parsed, port: request.socket.remotePort });
    } else if (request.url === '/lambray/prestart/function') {
      const variables = await this.#prestarted.promise;
      if (variables) response.writeHead(200).end(JSON.stringify(variables));
      else request.socket.destroy();
    } else {
      response.writeHead(404).end();
    }
  }

  #handOut() {
    if (!this.#waitingForEvent || this.#invocations.length === 0) return;
    const { requestId, headers, text } = this.#invocations.shift();
    this.#waitingForEvent.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': requestId,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + 60_000),
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:us-east-1:000000000000:function:greeter',
      ...headers,
    });
    this.#waitingForEvent.end(text);
    this.#waitingForEvent = undefined;
  }

  #accept(response, thenClose = false) {
    if (thenClose) this.#stopServing(response.req.socket);
    response.writeHead(this.answerStatus, { 'Content-Type': 'application/json', ...(thenClose && { Connection: 'close' }) });
    response.end('{"status":"OK"}\n');
  }

  // What the runtime asked on this connection after its answer is not heard, whether it has been read already or not.
  #stopServing(socket) {
    this.#closing.add(socket);
    if (this.#waitingForEvent?.req.socket === socket) this.#waitingForEvent = undefined;
  }
}

function deferred() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}
