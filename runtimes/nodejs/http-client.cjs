'use strict';

const { ConnectionClosed } = require('./byte-reader.cjs');
const { HttpConnection } = require('./http-connection.cjs');

/** Asks one server, over one connection at a time, and opens another when the server has closed it. */
class HttpClient {
  #authority;
  #connection;

  /** @param {string} authority host and port */
  constructor(authority) {
    this.#authority = authority;
  }

  /** @returns {Promise<{ status: number, headers: Map<string, string>, body: Buffer }>} */
  async request(method, path, headers = {}, body = '') {
    const text = this.#requestText(method, path, headers, body);
    const connection = this.#openConnection();
    try {
      return await connection.exchange(text);
    } catch (error) {
      // Servers close connections that were idle for the length of an invocation, or on which they refused a large body.
      const closedBefore = error instanceof ConnectionClosed && error.beforeAnswer && connection.isReused;
      if (!closedBefore) throw error;
      return await this.#openConnection().exchange(text);
    }
  }

  /**
   * Begins a request whose body is written in pieces. Until it has ended no other may be made.
   * @returns {{ write(bytes: Buffer, done?: () => void): void, end(trailers?: Record<string, string>): Promise<{ status: number, body: Buffer }> }}
   */
  stream(method, path, headers) {
    const connection = this.#openConnection();
    connection.write([this.#head(method, path, { ...headers, 'Transfer-Encoding': 'chunked' })]);
    return {
      write(bytes, done) {
        // An empty chunk would be the end.
        if (bytes.length === 0) return void done?.();
        connection.write([`${bytes.length.toString(16)}\r\n`, bytes, '\r\n'], done);
      },
      end: (trailers = {}) => connection.exchange(`0\r\n${linesOf(trailers)}\r\n`),
    };
  }

  #requestText(method, path, headers, body) {
    const length = method === 'POST' ? { 'Content-Length': Buffer.byteLength(body) } : {};
    return this.#head(method, path, { ...headers, ...length }) + body;
  }

  #head(method, path, headers) {
    return `${method} ${path} HTTP/1.1\r\n${linesOf({ Host: this.#authority, ...headers })}\r\n`;
  }

  #openConnection() {
    if (!this.#connection || this.#connection.isClosed) {
      const { hostname, port } = new URL(`http://${this.#authority}`);
      this.#connection = new HttpConnection(hostname, Number(port) || 80);
    }
    return this.#connection;
  }
}

function linesOf(headers) {
  let lines = '';
  for (const name in headers) lines += `${name}: ${headers[name]}\r\n`;
  return lines;
}

module.exports = { HttpClient };
