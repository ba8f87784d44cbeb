import type { EpochMicroseconds, Microseconds, TimelineRow, TraceId, TraceListItem, TraceTimeline } from '../src/api/types';

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
    startOffsetMicroseconds: microseconds(0),
    durationMicroseconds: microseconds(1000),
    status: 'ok',
    httpStatus: null,
    document: {},
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
    startTimeMicroseconds: sampleStart,
    durationMicroseconds: microseconds(1000),
    status: 'ok',
    rows: [sampleRow()],
    ...fields,
  };
}

export function sampleItem(fields: Partial<TraceListItem> = {}): TraceListItem {
  return {
    id: sampleId,
    startTimeMicroseconds: sampleStart,
    durationMicroseconds: microseconds(34_567),
    responseTimeMicroseconds: microseconds(32_100),
    status: 'ok',
    name: 'put-object',
    type: 'AWS::Lambda',
    httpMethod: null,
    httpUrl: null,
    httpStatus: 200,
    segmentCount: 2,
    ...fields,
  };
}
