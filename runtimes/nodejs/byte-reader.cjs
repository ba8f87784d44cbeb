'use strict';

/** The other side closed the connection while bytes were awaited. */
class ConnectionClosed extends Error {
  /** @param {boolean} beforeAnswer nothing at all of what was awaited had arrived */
  constructor(beforeAnswer, cause) {
    super(`The connection was closed while an answer was awaited${cause ? `: ${cause.message}` : ''}`, { cause });
    this.name = 'ConnectionClosed';
    this.beforeAnswer = beforeAnswer;
  }
}

/** Hands out a socket's bytes in the portions that a protocol has: up to a delimiter, or a stated number. One caller at a time. */
class ByteReader {
  #buffered = Buffer.alloc(0);
  #closed = false;
  #failure;
  #wake = () => {};

  constructor(socket) {
    socket.on('data', (bytes) => {
      this.#buffered = this.#buffered.length === 0 ? bytes : Buffer.concat([this.#buffered, bytes]);
      this.#wake();
    });
    socket.on('error', (error) => (this.#failure = error));
    socket.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
  }

  /** The bytes before the delimiter, which is taken too. */
  async until(delimiter) {
    for (;;) {
      const end = this.#buffered.indexOf(delimiter);
      if (end >= 0) {
        const bytes = this.#take(end);
        this.#take(delimiter.length);
        return bytes;
      }
      await this.#arrival(this.#buffered.length === 0);
    }
  }

  async exactly(count) {
    const bytes = Buffer.allocUnsafe(count);
    for (let filled = 0; ;) {
      filled += this.#take(count - filled).copy(bytes, filled);
      if (filled === count) return bytes;
      await this.#arrival(false);
    }
  }

  #take(count) {
    const bytes = this.#buffered.subarray(0, count);
    this.#buffered = this.#buffered.subarray(count);
    return bytes;
  }

  async #arrival(beforeAnswer) {
    if (!this.#closed) await new Promise((resolve) => (this.#wake = resolve));
    if (this.#closed && this.#buffered.length === 0) throw new ConnectionClosed(beforeAnswer, this.#failure);
  }
}

module.exports = { ConnectionClosed, ByteReader };
