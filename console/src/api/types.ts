// Generated from api.schema.json by `npm run generate`.

/**
 * Any answer of the console API.
 */
export type ConsoleAnswer = TraceList | TraceTimeline | ApiError;
/**
 * An X-Ray trace id: 1-, eight hexadecimal digits, a dash, twenty-four more.
 */
export type TraceId = string & {readonly id: 'trace'};
/**
 * A moment, in microseconds since 1970-01-01T00:00:00Z. Stays below 2^53 until the year 2255, so a JavaScript number holds it exactly.
 */
export type EpochMicroseconds = number & {readonly unit: 'microseconds since 1970'};
/**
 * A length of time in microseconds.
 */
export type Microseconds = number & {readonly unit: 'microseconds'};
/**
 * The worst thing that happened, in X-Ray's words: error is the caller's mistake (4xx), throttle is 429, fault is ours (5xx).
 */
export type TraceStatus = 'ok' | 'error' | 'throttle' | 'fault' | 'inProgress';

/**
 * The newest traces of a time range, newest first. GET /_lambray/api/traces?minutes=60&limit=100
 */
export interface TraceList {
  traces: TraceListItem[];
}
/**
 * One trace, seen from its entry point.
 */
export interface TraceListItem {
  id: TraceId;
  startTimeMicroseconds: EpochMicroseconds;
  durationMicroseconds: Microseconds;
  /**
   * How long the caller waited; null while it still waits.
   */
  responseTimeMicroseconds: Microseconds | null;
  status: TraceStatus;
  /**
   * Name of the entry point.
   */
  name: string;
  /**
   * Origin of the entry point, such as AWS::Lambda.
   */
  type: string | null;
  httpMethod: string | null;
  httpUrl: string | null;
  httpStatus: number | null;
  segmentCount: number;
}
/**
 * One trace laid out for drawing. GET /_lambray/api/traces/{id}
 */
export interface TraceTimeline {
  id: TraceId;
  startTimeMicroseconds: EpochMicroseconds;
  durationMicroseconds: Microseconds;
  status: TraceStatus;
  /**
   * In drawing order: depth first, so that a row's descendants follow it directly.
   */
  rows: TimelineRow[];
}
/**
 * One segment or subsegment; its offset counts from the start of the trace.
 */
export interface TimelineRow {
  id: string;
  parentId: string | null;
  depth: number;
  kind: 'segment' | 'subsegment';
  name: string;
  /**
   * Of a segment: what made it, such as AWS::Lambda::Function.
   */
  origin: string | null;
  /**
   * Of a subsegment: aws, remote, or null for local work.
   */
  namespace: string | null;
  /**
   * Made by X-Ray or Lambray from what the other side reported, not sent by an SDK.
   */
  inferred: boolean;
  startOffsetMicroseconds: Microseconds;
  /**
   * Null while in progress.
   */
  durationMicroseconds: Microseconds | null;
  status: TraceStatus;
  httpStatus: number | null;
  /**
   * The segment's or subsegment's own X-Ray fields, without its subsegments.
   */
  document: {
    [k: string]: unknown;
  };
}
/**
 * The body of every answer that is not 2xx.
 */
export interface ApiError {
  message: string;
}
