import type { EpochMicroseconds, Microseconds, TimelineRow, TraceId, TraceListItem, TraceRequest, TraceRowDetails, TraceStatistics, TraceTimeline } from '../src/api/types';

export const microseconds = (value: number) => value as Microseconds;
export const moment = (value: number) => value as EpochMicroseconds;
export const sampleId = '1-6b038d8f-d05b8a0df7ec5432892c7339' as TraceId;

/** 2026-11-23 00:49:19.344567 UTC, the time in sampleId. */
export const sampleStart = moment(1_795_394_959_344_567);

export function sampleRow(fields: Partial<TimelineRow> = {}): TimelineRow {
  return {
    id: '68b4bccbee01b4b4',
    parentId: null,
    depth: 0,
    kind: 'segment',
    name: 'put-object',
    origin: null,
    namespace: null,
    inferred: false,
    startOffset: microseconds(0),
    duration: microseconds(1000),
    status: 'ok',
    httpStatus: null,
    operation: null,
    lambdaPart: null,
    beforeCaller: null,
    ...fields,
  };
}

/** Rows named by their ids, at the given depths. */
export function rowsAt(...rows: [id: string, depth: number][]): TimelineRow[] {
  return rows.map(([id, depth]) => sampleRow({ id, name: id, depth }));
}

export function sampleTrace(fields: Partial<TraceTimeline> = {}): TraceTimeline {
  return {
    id: sampleId,
    startTime: sampleStart,
    duration: microseconds(1000),
    status: 'ok',
    now: sampleStart,
    grows: false,
    rows: [sampleRow()],
    criticalPath: [],
    links: [],
    orphanCount: 0,
    ...fields,
  };
}

/** Figures of one trace that took 34.567 ms. */
export function sampleStatistics(fields: Partial<TraceStatistics> = {}): TraceStatistics {
  const counts = { ok: 1, error: 0, throttle: 0, fault: 0, inProgress: 0, total: 1 };
  const time = microseconds(34_567);
  return {
    count: 1,
    isWhole: true,
    outcomes: counts,
    bins: [
      { from: microseconds(31_500), to: microseconds(40_000), counts },
      { from: microseconds(40_000), to: microseconds(50_000), counts: { ...counts, ok: 0, total: 0 } },
    ],
    percentiles: { p50: time, p90: time, p95: time, p99: time },
    points: [{ id: sampleId, startTime: sampleStart, responseTime: time, status: 'ok' }],
    annotationKeys: ['tier'],
    breakdown: [{ value: 'https://shop/', filter: 'http.url = "https://shop/"', counts, average: time, p95: time }],
    ...fields,
  };
}

/** What a row tells of itself, with these X-Ray fields. */
export function sampleDetails(document: TraceRowDetails['document'] = {}): TraceRowDetails {
  return { id: sampleRow().id, document, subsegmentCount: 0, causeRowId: null };
}

export function sampleRequest(fields: Partial<TraceRequest> = {}): TraceRequest {
  return {
    rowId: sampleRow().id,
    functionName: 'put-object',
    qualifier: null,
    requestId: '63ea79ab-e338-4c12-a534-91a2dc43e2b0',
    functionExists: true,
    logGroup: '/aws/lambda/put-object',
    lines: [],
    lineCount: 0,
    event: null,
    ...fields,
  };
}

export function sampleItem(fields: Partial<TraceListItem> = {}): TraceListItem {
  return {
    id: sampleId,
    startTime: sampleStart,
    duration: microseconds(34_567),
    responseTime: microseconds(32_100),
    status: 'ok',
    name: 'put-object',
    type: 'AWS::Lambda',
    httpMethod: null,
    httpUrl: null,
    httpStatus: 200,
    segmentCount: 2,
    users: [],
    annotations: [],
    ...fields,
  };
}
