// Generated from openapi.json by `npm run generate`.
import type { EpochMicroseconds as EpochMicrosecondsBrand, Microseconds as MicrosecondsBrand, TraceId as TraceIdBrand } from "./brands";
export interface paths {
    "/_lambray/api/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    minutes?: number;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TraceList"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiError"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/traces/{traceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    traceId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TraceTimeline"];
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiError"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ApiError: {
            code: string;
            message: string;
        };
        /** Format: epoch-microseconds */
        EpochMicroseconds: EpochMicrosecondsBrand;
        JsonElement: {
            [key: string]: unknown;
        };
        /** Format: microseconds */
        Microseconds: MicrosecondsBrand;
        TimelineRow: {
            id: string;
            parentId: null | string;
            /** Format: int32 */
            depth: number;
            kind: components["schemas"]["TimelineRowKind"];
            name: string;
            origin: null | string;
            namespace: null | string;
            inferred: boolean;
            startOffsetMicroseconds: components["schemas"]["Microseconds"];
            durationMicroseconds: null | components["schemas"]["Microseconds"];
            status: components["schemas"]["TimelineStatus"];
            /** Format: int32 */
            httpStatus: null | number;
            document: components["schemas"]["JsonElement"];
        };
        /** @enum {unknown} */
        TimelineRowKind: "segment" | "subsegment";
        /** @enum {unknown} */
        TimelineStatus: "ok" | "error" | "throttle" | "fault" | "inProgress";
        /** Format: trace-id */
        TraceId: TraceIdBrand;
        TraceList: {
            traces: components["schemas"]["TraceListItem"][];
        };
        TraceListItem: {
            id: components["schemas"]["TraceId"];
            startTimeMicroseconds: components["schemas"]["EpochMicroseconds"];
            durationMicroseconds: components["schemas"]["Microseconds"];
            responseTimeMicroseconds: null | components["schemas"]["Microseconds"];
            status: components["schemas"]["TimelineStatus"];
            name: string;
            type: null | string;
            httpMethod: null | string;
            httpUrl: null | string;
            /** Format: int32 */
            httpStatus: null | number;
            /** Format: int32 */
            segmentCount: number;
        };
        TraceTimeline: {
            id: components["schemas"]["TraceId"];
            startTimeMicroseconds: components["schemas"]["EpochMicroseconds"];
            durationMicroseconds: components["schemas"]["Microseconds"];
            status: components["schemas"]["TimelineStatus"];
            rows: components["schemas"]["TimelineRow"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type ApiError = components['schemas']['ApiError'];
export type EpochMicroseconds = components['schemas']['EpochMicroseconds'];
export type JsonElement = components['schemas']['JsonElement'];
export type Microseconds = components['schemas']['Microseconds'];
export type TimelineRow = components['schemas']['TimelineRow'];
export type TimelineRowKind = components['schemas']['TimelineRowKind'];
export type TimelineStatus = components['schemas']['TimelineStatus'];
export type TraceId = components['schemas']['TraceId'];
export type TraceList = components['schemas']['TraceList'];
export type TraceListItem = components['schemas']['TraceListItem'];
export type TraceTimeline = components['schemas']['TraceTimeline'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
