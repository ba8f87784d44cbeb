'use strict';

const { createConnection } = require('node:net');
const { ByteReader } = require('./byte-reader.cjs');
const { readHttpResponse } = require('./http-response.cjs');

/**
 * One kept-alive HTTP/1.1 connection on which several requests may be under way, answered in order. Node's own client
 * never has two requests on a connection, and costs more than the rest of a warm invocation.
 */
class HttpConnection {
  #socket;
  #reader;
  #awaited = 0;
  #answered = 0;
  #lastAnswer = Promise.resolve();

  constructor(host, port) {
    this.#socket = createConnection({ host, port, noDelay: true });
    this.#reader = new ByteReader(this.#socket);
  }

  get isClosed() {
    return this.#socket.destroyed || this.#socket.readableEnded;
  }

  /** Whether the server has answered here before, so that a close may be meant for the connection and not for the request. */
  get isReused() {
    return this.#answered > 0;
  }

  /** Sends the beginning of a request, or more of it, in one packet; `exchange` sends its end. */
  write(parts, done) {
    this.#socket.cork();
    const last = parts.pop();
    for (const part of parts) this.#socket.write(part);
    this.#socket.write(last, done);
    process.nextTick(() => this.#socket.uncork());
  }

  /** Sends a request as soon as the caller's turn of the event loop ends, together with others of that turn. */
  async exchange(requestText) {
    this.#awaitAnswer(+1);
    this.#socket.cork();
    this.#socket.write(requestText);
    process.nextTick(() => this.#socket.uncork());
    const answer = this.#lastAnswer.then(() => readHttpResponse(this.#reader));
    this.#lastAnswer = answer.catch(() => {}); // whoever asked hears of it; later requests meet the closed connection themselves
    try {
      return await answer;
    } finally {
      this.#answered++;
      this.#awaitAnswer(-1);
    }
  }

  // A connection on which nothing is awaited must not keep the event loop busy: callbacks wait for it to run empty.
  #awaitAnswer(change) {
    this.#awaited += change;
    if (this.#awaited > 0) this.#socket.ref();
    else this.#socket.unref();
  }
}

module.exports = { HttpConnection };
