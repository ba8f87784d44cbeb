'use strict';

const { Writable } = require('node:stream');

const DEFAULT_CONTENT_TYPE = 'application/octet-stream';

/** What a streaming handler writes its response to. Nothing is sent before the first write, so that the content type can be set until then. */
class ResponseStream extends Writable {
  /** Set by HttpResponseStream: is given a function that writes what comes before all else. */
  _onBeforeFirstWrite;
  #open;
  #contentType = DEFAULT_CONTENT_TYPE;
  #request;

  /** @param {(contentType: string) => import('./runtime-api.cjs').StreamedResponse} open begins the response */
  constructor(open, highWaterMark) {
    super({ highWaterMark });
    this.#open = open;
  }

  /** Whether something has been sent that cannot be taken back. */
  get hasBegun() {
    return this.#request !== undefined;
  }

  setContentType(contentType) {
    if (this.hasBegun || this.writableLength > 0) {
      throw Object.assign(new Error('Cannot set content-type, too late.'), { name: 'InvalidStreamingOperation' });
    }
    this.#contentType = contentType;
  }

  // AWS's stream takes any value and writes what is no text and no bytes as JSON.
  write(chunk, ...rest) {
    const isRaw = typeof chunk === 'string' || chunk instanceof Uint8Array;
    return super.write(isRaw ? chunk : JSON.stringify(chunk), ...rest);
  }

  /** Ends what was sent so far with an error. */
  async fail(error) {
    await this.#request.fail(error);
  }

  _write(chunk, _encoding, done) {
    this.#begun().write(chunk, done);
  }

  _final(done) {
    this.#begun().end().then(() => done(), done);
  }

  #begun() {
    if (!this.#request) {
      this.#request = this.#open(this.#contentType);
      this._onBeforeFirstWrite?.((chunk) => this.#request.write(Buffer.from(chunk)));
    }
    return this.#request;
  }
}

module.exports = { ResponseStream };
