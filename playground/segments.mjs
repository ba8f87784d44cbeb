import { randomBytes } from 'node:crypto';

/** Seconds since 1970 as X-Ray writes them: to the microsecond. */
export const secondsNow = () => Math.round(Date.now() * 1000) / 1e6;

export const newId = () => randomBytes(8).toString('hex');

export const newTraceId = (start) => `1-${Math.floor(start).toString(16).padStart(8, '0')}-${randomBytes(12).toString('hex')}`;

/** A trace in the making, whose times count from its own start. */
export class TraceBuilder {
  documents = [];

  /** @param startsAgo seconds before now */
  constructor(startsAgo = 60) {
    this.start = secondsNow() - startsAgo;
    this.id = newTraceId(this.start);
  }

  /** A segment from one moment to another; without an end it is in progress. */
  segment(name, from, to, fields = {}) {
    const segment = { ...this.#work(name, from, to), trace_id: this.id, ...fields };
    this.documents.push(segment);
    return segment;
  }

  /** Work inside a segment or subsegment of the same document. */
  inside(parent, name, from, to, fields = {}) {
    const subsegment = { ...this.#work(name, from, to), ...fields };
    (parent.subsegments ??= []).push(subsegment);
    return subsegment;
  }

  /** Work that is sent on its own, as SDKs in Lambda do. */
  alone(parent, name, from, to, fields = {}) {
    const subsegment = { ...this.#work(name, from, to), trace_id: this.id, parent_id: parent.id, type: 'subsegment', ...fields };
    this.documents.push(subsegment);
    return subsegment;
  }

  get made() {
    return { ids: [this.id], documents: this.documents };
  }

  #work(name, from, to) {
    const times = { start_time: this.#at(from) };
    return { id: newId(), name, ...times, ...(to === undefined ? { in_progress: true } : { end_time: this.#at(to) }) };
  }

  #at(seconds) {
    return Math.round((this.start + seconds) * 1e6) / 1e6;
  }
}
