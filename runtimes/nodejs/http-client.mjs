import { ConnectionClosed } from './byte-reader.mjs';
import { HttpConnection } from './http-connection.mjs';

/** Asks one server, over one connection at a time, and opens another when the server has closed it. */
export class HttpClient {
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

  #requestText(method, path, headers, body) {
    const lines = [`${method} ${path} HTTP/1.1`, `Host: ${this.#authority}`];
    for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
    if (method === 'POST') lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
    return `${lines.join('\r\n')}\r\n\r\n${body}`;
  }

  #openConnection() {
    if (!this.#connection || this.#connection.isClosed) {
      const { hostname, port } = new URL(`http://${this.#authority}`);
      this.#connection = new HttpConnection(hostname, Number(port) || 80);
    }
    return this.#connection;
  }
}
