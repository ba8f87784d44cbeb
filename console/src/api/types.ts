// Generated from openapi.json by `npm run generate`.
import type { EpochMicroseconds as EpochMicrosecondsBrand, Microseconds as MicrosecondsBrand, TraceId as TraceIdBrand } from "./brands";
export interface paths {
    "/_lambray/api/environments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    function?: string;
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
                        "application/json": components["schemas"]["EnvironmentList"];
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
    "/_lambray/api/event-source-mappings/{uuid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    uuid: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MappingChangeAsked"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MappingDetail"];
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
        post?: never;
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    uuid: string;
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
                        "application/json": components["schemas"]["MappingDetail"];
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
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/event-sources": {
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
                        "application/json": components["schemas"]["EventSourceList"];
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
    "/_lambray/api/filters/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    filter?: string;
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
                        "application/json": components["schemas"]["FilterCheck"];
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
    "/_lambray/api/filters/completion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    last?: number;
                    from?: string;
                    to?: string;
                    caret: number;
                    filter?: string;
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
                        "application/json": components["schemas"]["FilterCompletion"];
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
    "/_lambray/api/functions": {
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
                        "application/json": components["schemas"]["FunctionList"];
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
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewFunction"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FunctionChanged"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/functions-options": {
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
                        "application/json": components["schemas"]["FunctionOptions"];
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
    "/_lambray/api/functions/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    qualifier?: string;
                };
                header?: never;
                path: {
                    name: string;
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
                        "application/json": components["schemas"]["FunctionDetail"];
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
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/functions/{name}/aliases/{alias}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                    alias: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AliasChange"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AliasDetail"];
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
        post?: never;
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                    alias: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/functions/{name}/asynchronous-invocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: {
            parameters: {
                query?: {
                    qualifier?: string;
                };
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EventHandlingChange"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/functions/{name}/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewCode"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FunctionChanged"];
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/functions/{name}/concurrency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ConcurrencyChange"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/functions/{name}/configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["FunctionSettingsChange"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FunctionChanged"];
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/functions/{name}/event-source-mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: {
                    qualifier?: string;
                };
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewMapping"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MappingDetail"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/functions/{name}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    pattern?: string;
                    stream?: string;
                    last?: number;
                    from?: string;
                    to?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    name: string;
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
                        "application/json": components["schemas"]["LogLines"];
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
    "/_lambray/api/functions/{name}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    qualifier?: string;
                    last?: number;
                    from?: string;
                    to?: string;
                };
                header?: never;
                path: {
                    name: string;
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
                        "application/json": components["schemas"]["FunctionCharts"];
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
    "/_lambray/api/functions/{name}/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: {
                    qualifier?: string;
                };
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPermission"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/functions/{name}/permissions/{statementId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: {
            parameters: {
                query?: {
                    qualifier?: string;
                };
                header?: never;
                path: {
                    name: string;
                    statementId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/functions/{name}/provisioned-concurrency/{qualifier}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                    qualifier: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ConcurrencyChange"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/functions/{name}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RunAsked"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FunctionRun"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/functions/{name}/runs/{requestId}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    since: number;
                };
                header?: never;
                path: {
                    name: string;
                    requestId: string;
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
                        "application/json": components["schemas"]["LogLines"];
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
    "/_lambray/api/functions/{name}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TagsChange"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/functions/{name}/test-events": {
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
                    name: string;
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
                        "application/json": components["schemas"]["TestEventList"];
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
    "/_lambray/api/functions/{name}/test-events/{event}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                    event: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EventText"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        post?: never;
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                    event: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/functions/{name}/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    last?: number;
                    from?: string;
                    to?: string;
                };
                header?: never;
                path: {
                    name: string;
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
    "/_lambray/api/functions/{name}/url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: {
            parameters: {
                query?: {
                    qualifier?: string;
                };
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UrlChange"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        post?: never;
        delete: {
            parameters: {
                query?: {
                    qualifier?: string;
                };
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/functions/{name}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewVersion"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VersionDetail"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/functions/{name}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                    version: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/groups": {
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
                        "application/json": components["schemas"]["GroupList"];
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
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["GroupAsked"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GroupItem"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/groups/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["GroupAsked"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GroupItem"];
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
        post?: never;
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/insights": {
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
                        "application/json": components["schemas"]["InsightList"];
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
    "/_lambray/api/insights/{id}": {
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
                    id: string;
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
                        "application/json": components["schemas"]["InsightDetail"];
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
    "/_lambray/api/live": {
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
                        "text/event-stream": components["schemas"]["SseItemOfLiveNews"];
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
    "/_lambray/api/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    last?: number;
                    from?: string;
                    to?: string;
                    group?: string;
                    filter?: string;
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
                        "application/json": components["schemas"]["ServiceMap"];
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
    "/_lambray/api/map/part": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    last?: number;
                    from?: string;
                    to?: string;
                    selector: string;
                    group?: string;
                    filter?: string;
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
                        "application/json": components["schemas"]["MapPart"];
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
    "/_lambray/api/map/traces/{traceId}": {
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
                        "application/json": components["schemas"]["ServiceMap"];
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
    "/_lambray/api/runtimes/{runtime}": {
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
                    runtime: string;
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
                        "application/json": components["schemas"]["RuntimeAvailability"];
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
    "/_lambray/api/sampling-rules": {
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
                        "application/json": components["schemas"]["SamplingRuleList"];
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
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SamplingRuleAsked"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SamplingRuleItem"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/sampling-rules/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SamplingRuleAsked"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SamplingRuleItem"];
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
        post?: never;
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/session": {
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
                        "application/json": components["schemas"]["SessionState"];
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
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignInAsked"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/settings": {
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
                        "application/json": components["schemas"]["ServerSettings"];
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
    "/_lambray/api/settings/encryption": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EncryptionChoice"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/settings/indexing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["IndexingChoice"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/settings/lambda-sampling": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["LambdaSamplingAsked"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/start": {
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
                        "application/json": components["schemas"]["StartState"];
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
    "/_lambray/api/start/first-trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
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
                        "application/json": components["schemas"]["FirstTrace"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
                    last?: number;
                    from?: string;
                    to?: string;
                    filter?: string;
                    group?: string;
                    order?: string;
                    descending?: boolean;
                    after?: string;
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
    "/_lambray/api/traces/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    last?: number;
                    from?: string;
                    to?: string;
                    filter?: string;
                    group?: string;
                    by?: string;
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
                        "application/json": components["schemas"]["TraceStatistics"];
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
    "/_lambray/api/traces/{traceId}/comparison/{otherId}": {
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
                    otherId: string;
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
                        "application/json": components["schemas"]["TraceComparison"];
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
    "/_lambray/api/traces/{traceId}/linking": {
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
                        "application/json": components["schemas"]["LinkingTraceList"];
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
    "/_lambray/api/traces/{traceId}/matches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    text: string;
                };
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
                        "application/json": components["schemas"]["TraceMatches"];
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
    "/_lambray/api/traces/{traceId}/requests": {
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
                        "application/json": components["schemas"]["TraceRequestList"];
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
    "/_lambray/api/traces/{traceId}/requests/{requestId}/again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    traceId: string;
                    requestId: string;
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
                        "application/json": components["schemas"]["InvokedAgain"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_lambray/api/traces/{traceId}/rows/{rowId}": {
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
                    rowId: string;
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
                        "application/json": components["schemas"]["TraceRowDetails"];
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
        AccountFacts: {
            /** Format: int32 */
            concurrentExecutions: number;
            /** Format: int32 */
            unreservedConcurrentExecutions: number;
            /** Format: int64 */
            codeBytesMax: number;
            /** Format: int64 */
            codeBytes: number;
            /** Format: int64 */
            functions: number;
        };
        AliasChange: {
            functionVersion: null | string;
            description: null | string;
            secondVersion: null | string;
            /** Format: double */
            secondWeight: null | number;
        };
        AliasDetail: {
            name: string;
            functionVersion: string;
            description: string;
            secondVersion: null | string;
            /** Format: double */
            secondWeight: null | number;
        };
        ApiError: {
            code: string;
            message: string;
            members: components["schemas"]["ApiMemberFault"][];
        };
        ApiMemberFault: {
            member: string;
            constraint: string;
        };
        BreakdownRow: {
            value: null | string;
            filter: null | string;
            counts: components["schemas"]["OutcomeCounts"];
            average: null | components["schemas"]["Microseconds"];
            p95: null | components["schemas"]["Microseconds"];
        };
        ChartLine: {
            metric: string;
            statistic: string;
            unit: string;
            points: components["schemas"]["ChartPoint"][];
        };
        ChartPoint: {
            time: components["schemas"]["EpochMicroseconds"];
            /** Format: double */
            value: number;
        };
        ComparedSide: {
            /** Format: int32 */
            count: number;
            firstStartOffset: components["schemas"]["Microseconds"];
            duration: components["schemas"]["Microseconds"];
            status: components["schemas"]["TimelineStatus"];
        };
        ComparedTrace: {
            id: components["schemas"]["TraceId"];
            startTime: components["schemas"]["EpochMicroseconds"];
            duration: components["schemas"]["Microseconds"];
            status: components["schemas"]["TimelineStatus"];
            /** Format: int32 */
            rowCount: number;
        };
        ComparedWork: {
            /** Format: int32 */
            depth: number;
            name: string;
            origin: null | string;
            namespace: null | string;
            before: null | components["schemas"]["ComparedSide"];
            after: null | components["schemas"]["ComparedSide"];
        };
        ConcurrencyChange: {
            /** Format: int32 */
            concurrency: null | number;
        };
        ConcurrencyDetail: {
            /** Format: int32 */
            reserved: null | number;
            /** Format: int32 */
            unreserved: number;
            /** Format: int32 */
            running: number;
            provisioned: components["schemas"]["ProvisionedDetail"][];
        };
        CriticalStretch: {
            /** Format: int32 */
            row: number;
            startOffset: components["schemas"]["Microseconds"];
            duration: components["schemas"]["Microseconds"];
        };
        EncryptionChoice: {
            keyId: null | string;
        };
        EnvironmentItem: {
            id: string;
            function: string;
            version: string;
            state: components["schemas"]["EnvironmentState"];
            stateSince: components["schemas"]["EpochMicroseconds"];
            started: components["schemas"]["EpochMicroseconds"];
            /** Format: int32 */
            invocations: number;
            /** Format: int32 */
            memorySize: number;
            /** Format: int64 */
            memoryBytes: null | number;
            isProvisioned: boolean;
        };
        EnvironmentList: {
            environments: components["schemas"]["EnvironmentItem"][];
            /** Format: int32 */
            environmentsMax: number;
            /** Format: int32 */
            living: number;
            /** Format: int32 */
            memoryMax: number;
            /** Format: int32 */
            memory: number;
        };
        /** @enum {unknown} */
        EnvironmentState: "initializing" | "idle" | "invoking" | "shuttingDown" | "ended";
        /** Format: epoch-microseconds */
        EpochMicroseconds: EpochMicrosecondsBrand;
        EventHandlingChange: {
            /** Format: int32 */
            maximumRetryAttempts: null | number;
            /** Format: int32 */
            maximumEventAgeInSeconds: null | number;
            onSuccess: null | string;
            onFailure: null | string;
        };
        EventHandlingDetail: {
            qualifier: string;
            /** Format: int32 */
            maximumRetryAttempts: null | number;
            /** Format: int32 */
            maximumEventAgeInSeconds: null | number;
            onSuccess: null | string;
            onFailure: null | string;
        };
        EventSourceList: {
            sources: string[];
        };
        EventText: {
            event: null | string;
        };
        FilterCheck: {
            mistake: null | components["schemas"]["FilterMistake"];
        };
        FilterCompletion: {
            /** Format: int32 */
            start: number;
            /** Format: int32 */
            end: number;
            suggestions: components["schemas"]["FilterSuggestion"][];
        };
        FilterMistake: {
            /** Format: int32 */
            position: number;
            message: string;
        };
        FilterSuggestion: {
            text: string;
            kind: components["schemas"]["SuggestionKind"];
        };
        FirstTrace: {
            function: string;
            traceId: components["schemas"]["TraceId"];
            failed: boolean;
        };
        FunctionChanged: {
            name: string;
            revisionId: string;
            attachedPolicy?: null | string;
            createdRole?: null | string;
        };
        FunctionCharts: {
            start: components["schemas"]["EpochMicroseconds"];
            end: components["schemas"]["EpochMicroseconds"];
            period: components["schemas"]["Microseconds"];
            lines: components["schemas"]["ChartLine"][];
        };
        FunctionDetail: {
            name: string;
            arn: string;
            version: string;
            settings: components["schemas"]["FunctionSettings"];
            role: components["schemas"]["RoleState"];
            state: string;
            lastUpdateStatus: null | string;
            reason: null | string;
            codeSha256: string;
            /** Format: int64 */
            codeSize: number;
            lastModified: components["schemas"]["EpochMicroseconds"];
            revisionId: string;
            tags: {
                [key: string]: string;
            };
            concurrency: components["schemas"]["ConcurrencyDetail"];
            versions: components["schemas"]["VersionDetail"][];
            aliases: components["schemas"]["AliasDetail"][];
            urls: components["schemas"]["UrlDetail"][];
            permissions: components["schemas"]["PermissionDetail"][];
            eventSourceMappings: components["schemas"]["MappingDetail"][];
            asynchronousInvocation: components["schemas"]["EventHandlingDetail"][];
            recursiveLoop: string;
            sampling: components["schemas"]["LambdaSampling"];
        };
        FunctionList: {
            functions: components["schemas"]["FunctionListItem"][];
            isWhole: boolean;
        };
        FunctionListItem: {
            name: string;
            description: string;
            runtime: string;
            state: string;
            lastUpdateStatus: null | string;
            /** Format: int32 */
            memorySize: number;
            /** Format: int32 */
            timeout: number;
            /** Format: int64 */
            codeSize: number;
            lastModified: components["schemas"]["EpochMicroseconds"];
            activeTracing: boolean;
            /** Format: int32 */
            environments: number;
            /** Format: double */
            invocations: null | number;
            /** Format: double */
            errors: null | number;
            /** Format: double */
            throttles: null | number;
        };
        FunctionOptions: {
            runtimes: components["schemas"]["RuntimeOption"][];
            roles: string[];
        };
        FunctionRun: {
            requestId: string;
            traceId: components["schemas"]["TraceId"];
            started: components["schemas"]["EpochMicroseconds"];
            executedVersion: null | string;
            functionError: null | string;
            payload: null | string;
            took: null | components["schemas"]["Microseconds"];
            log: components["schemas"]["LogLine"][];
        };
        FunctionSettings: {
            runtime: string;
            handler: string;
            role: string;
            description: string;
            /** Format: int32 */
            memorySize: number;
            /** Format: int32 */
            timeout: number;
            /** Format: int32 */
            ephemeralStorage: number;
            architecture: string;
            variables: {
                [key: string]: string;
            };
            activeTracing: boolean;
            layers: string[];
            logFormat: string;
            logGroup: string;
            applicationLogLevel: null | string;
            systemLogLevel: null | string;
            deadLetterTarget: null | string;
        };
        FunctionSettingsChange: {
            runtime: null | string;
            handler: null | string;
            role: null | string;
            description: null | string;
            /** Format: int32 */
            memorySize: null | number;
            /** Format: int32 */
            timeout: null | number;
            /** Format: int32 */
            ephemeralStorage: null | number;
            variables: null | {
                [key: string]: string;
            };
            activeTracing: null | boolean;
            layers: null | string[];
            logFormat: null | string;
            logGroup: null | string;
            applicationLogLevel: null | string;
            systemLogLevel: null | string;
            deadLetterTarget: null | string;
            revisionId: null | string;
        };
        GroupAsked: {
            name: null | string;
            filterExpression: null | string;
            insightsEnabled: null | boolean;
            notificationsEnabled: null | boolean;
        };
        GroupItem: {
            name: string;
            arn: string;
            isDefault: boolean;
            filterExpression: null | string;
            insightsEnabled: boolean;
            notificationsEnabled: boolean;
            filterSince: components["schemas"]["EpochMicroseconds"];
            tags: {
                [key: string]: string;
            };
        };
        GroupList: {
            groups: components["schemas"]["GroupItem"][];
        };
        ImpactedService: {
            name: string;
            type: null | string;
            /** Format: int64 */
            faults: number;
            /** Format: int64 */
            total: number;
        };
        IndexingChoice: {
            /** Format: double */
            desiredPercentage: null | number;
        };
        InsightDetail: {
            insight: components["schemas"]["InsightItem"];
            services: components["schemas"]["ImpactedService"][];
            timeline: components["schemas"]["InsightMoment"][];
            map: components["schemas"]["InsightNode"][];
        };
        InsightItem: {
            id: string;
            group: string;
            summary: string;
            started: components["schemas"]["EpochMicroseconds"];
            ended: null | components["schemas"]["EpochMicroseconds"];
            rootCause: string;
            rootCauseType: null | string;
            /** Format: int64 */
            clientFaults: number;
            /** Format: int64 */
            clientTotal: number;
            /** Format: int64 */
            rootCauseFaults: number;
            /** Format: int64 */
            rootCauseTotal: number;
        };
        InsightList: {
            insights: components["schemas"]["InsightItem"][];
            isWatched: boolean;
        };
        InsightMoment: {
            time: components["schemas"]["EpochMicroseconds"];
            summary: string;
            /** Format: int64 */
            clientFaults: number;
            /** Format: int64 */
            clientTotal: number;
            /** Format: int64 */
            rootCauseFaults: number;
            /** Format: int64 */
            rootCauseTotal: number;
            services: string[];
        };
        InsightNode: {
            /** Format: int32 */
            id: number;
            name: string;
            type: null | string;
            /** Format: int64 */
            faults: number;
            /** Format: int64 */
            total: number;
            isRootCause: boolean;
            isUnusual: boolean;
            calls: number[];
        };
        InvokedAgain: {
            traceId: components["schemas"]["TraceId"];
            requestId: string;
            isAsynchronous: boolean;
            functionError: null | string;
            payload: null | string;
        };
        JsonElement: {
            [key: string]: unknown;
        };
        KeptEvent: {
            payload: string;
            isAsynchronous: boolean;
        };
        /** @enum {unknown} */
        LambdaPart: "dwellTime" | "attempt" | "initialization" | "invocation" | "overhead" | null;
        LambdaSampling: {
            /** Format: int32 */
            firstPerMinute: number;
            /** Format: double */
            rate: number;
        };
        LambdaSamplingAsked: {
            /** Format: int32 */
            firstPerMinute: null | number;
            /** Format: double */
            rate: null | number;
        };
        LinkedTrace: {
            rowId: string;
            traceId: components["schemas"]["TraceId"];
            entityId: string;
            referenceType: null | string;
        };
        LinkingTrace: {
            traceId: components["schemas"]["TraceId"];
            rowId: string;
            name: string;
            origin: null | string;
            startTime: components["schemas"]["EpochMicroseconds"];
            referenceType: null | string;
        };
        LinkingTraceList: {
            traces: components["schemas"]["LinkingTrace"][];
        };
        ListedAnnotation: {
            key: string;
            value: string;
        };
        LiveNews: {
            topics: components["schemas"]["LiveTopic"][];
        };
        /** @enum {unknown} */
        LiveTopic: "traces" | "functions" | "environments" | "logs" | "sampling" | "groups" | "insights" | "settings";
        LogLine: {
            id: string;
            time: components["schemas"]["EpochMicroseconds"];
            stream: string;
            message: string;
        };
        LogLines: {
            lines: components["schemas"]["LogLine"][];
            isWhole: boolean;
        };
        MachineLimits: {
            /** Format: int32 */
            environmentsMax: number;
            /** Format: int32 */
            memoryMax: number;
            /** Format: int32 */
            idleSecondsMax: number;
        };
        MapBin: {
            fromMicroseconds: components["schemas"]["Microseconds"];
            toMicroseconds: components["schemas"]["Microseconds"];
            /** Format: int64 */
            calls: number;
        };
        MapCause: {
            fault: boolean;
            path: string[];
            exception: null | string;
            message: null | string;
            /** Format: int32 */
            traces: number;
            example: components["schemas"]["TraceId"];
        };
        MapEdge: {
            id: string;
            source: string;
            target: string;
            link: boolean;
            figures: components["schemas"]["MapFigures"];
            selector: string;
        };
        MapFigures: {
            /** Format: int64 */
            ok: number;
            /** Format: int64 */
            error: number;
            /** Format: int64 */
            throttle: number;
            /** Format: int64 */
            fault: number;
            averageMicroseconds: null | components["schemas"]["Microseconds"];
            /** Format: double */
            requestsPerMinute: number;
        };
        MapNode: {
            id: string;
            name: string;
            type: null | string;
            accountId: null | string;
            client: boolean;
            inferred: boolean;
            figures: components["schemas"]["MapFigures"];
            selector: string;
            functionName: null | string;
        };
        MapPart: {
            figures: components["schemas"]["MapFigures"];
            percentiles: components["schemas"]["MapPercentile"][];
            histogram: components["schemas"]["MapBin"][];
            periodMicroseconds: components["schemas"]["Microseconds"];
            periods: components["schemas"]["MapPeriod"][];
            causes: components["schemas"]["MapCause"][];
            /** Format: int32 */
            causeTraces: number;
        };
        MapPercentile: {
            /** Format: double */
            share: number;
            durationMicroseconds: components["schemas"]["Microseconds"];
        };
        MapPeriod: {
            startMicroseconds: components["schemas"]["EpochMicroseconds"];
            /** Format: int64 */
            ok: number;
            /** Format: int64 */
            error: number;
            /** Format: int64 */
            throttle: number;
            /** Format: int64 */
            fault: number;
            averageMicroseconds: null | components["schemas"]["Microseconds"];
        };
        MappingChangeAsked: {
            enabled: null | boolean;
            settings: null | components["schemas"]["MappingForm"];
        };
        MappingDetail: {
            uuid: string;
            kind: string;
            isStream: boolean;
            sources: string[];
            qualifier: null | string;
            state: components["schemas"]["MappingState"];
            startingPosition: null | string;
            settings: components["schemas"]["MappingForm"];
            lastProcessingResult: null | string;
            lastModified: components["schemas"]["EpochMicroseconds"];
        };
        MappingForm: {
            /** Format: int32 */
            batchSize: null | number;
            /** Format: int32 */
            maximumBatchingWindow: null | number;
            filters: string[];
            reportsItemFailures: null | boolean;
            /** Format: int32 */
            maximumConcurrency: null | number;
            /** Format: int32 */
            maximumRetryAttempts: null | number;
            /** Format: int32 */
            maximumRecordAge: null | number;
            bisectsBatches: null | boolean;
            /** Format: int32 */
            parallelizationFactor: null | number;
            onFailure: null | string;
        };
        /** @enum {unknown} */
        MappingState: "creating" | "enabling" | "enabled" | "disabling" | "disabled" | "updating" | "deleting";
        /** Format: microseconds */
        Microseconds: MicrosecondsBrand;
        NewCode: {
            /** Format: byte */
            zip: null | string;
            s3Bucket: null | string;
            s3Key: null | string;
            revisionId: null | string;
        };
        NewFunction: {
            name: null | string;
            runtime: null | string;
            handler: null | string;
            role: null | string;
            description: null | string;
            /** Format: int32 */
            memorySize: null | number;
            /** Format: int32 */
            timeout: null | number;
            architecture: null | string;
            variables: null | {
                [key: string]: string;
            };
            activeTracing: boolean;
            /** Format: byte */
            zip: null | string;
            s3Bucket: null | string;
            s3Key: null | string;
        };
        NewMapping: {
            source: null | string;
            startingPosition: null | string;
            enabled: boolean;
            settings: components["schemas"]["MappingForm"];
        };
        NewPermission: {
            statementId: null | string;
            action: null | string;
            principal: null | string;
            sourceArn: null | string;
            sourceAccount: null | string;
        };
        NewVersion: {
            description: null | string;
        };
        OutcomeCounts: {
            /** Format: int32 */
            ok: number;
            /** Format: int32 */
            error: number;
            /** Format: int32 */
            throttle: number;
            /** Format: int32 */
            fault: number;
            /** Format: int32 */
            inProgress: number;
            /** Format: int32 */
            total: number;
        };
        PermissionDetail: {
            qualifier: string;
            statementId: string;
            action: string;
            principal: string;
            sourceArn: null | string;
            sourceAccount: null | string;
            functionUrlAuthType: null | string;
        };
        ProvisionedDetail: {
            qualifier: string;
            /** Format: int32 */
            requested: number;
            /** Format: int32 */
            allocated: number;
            /** Format: int32 */
            available: number;
            status: string;
            reason: null | string;
        };
        ResponseTimeBin: {
            from: components["schemas"]["Microseconds"];
            to: components["schemas"]["Microseconds"];
            counts: components["schemas"]["OutcomeCounts"];
        };
        ResponseTimePercentiles: {
            p50: components["schemas"]["Microseconds"];
            p90: components["schemas"]["Microseconds"];
            p95: components["schemas"]["Microseconds"];
            p99: components["schemas"]["Microseconds"];
        };
        ResponseTimePoint: {
            id: components["schemas"]["TraceId"];
            startTime: components["schemas"]["EpochMicroseconds"];
            responseTime: components["schemas"]["Microseconds"];
            status: components["schemas"]["TimelineStatus"];
        };
        RoleState: {
            isKnown: boolean;
            policies: string[];
            mayTrace: boolean;
            mayLog: boolean;
        };
        RunAsked: {
            event: null | string;
            qualifier: null | string;
            asynchronous: boolean;
        };
        RuntimeAvailability: {
            unavailable: null | string;
        };
        RuntimeOption: {
            name: string;
            handler: string;
        };
        SamplingRuleAsked: {
            name: null | string;
            /** Format: int32 */
            priority: null | number;
            /** Format: int32 */
            reservoirSize: null | number;
            /** Format: double */
            fixedRate: null | number;
            serviceName: null | string;
            serviceType: null | string;
            host: null | string;
            httpMethod: null | string;
            urlPath: null | string;
            resourceArn: null | string;
            attributes: null | {
                [key: string]: string;
            };
            /** Format: double */
            boostMaxRate: null | number;
            /** Format: int32 */
            boostCooldownMinutes: null | number;
        };
        SamplingRuleItem: {
            name: string;
            isDefault: boolean;
            /** Format: int32 */
            priority: number;
            /** Format: int32 */
            reservoirSize: number;
            /** Format: double */
            fixedRate: number;
            serviceName: string;
            serviceType: string;
            host: string;
            httpMethod: string;
            urlPath: string;
            resourceArn: string;
            attributes: {
                [key: string]: string;
            };
            /** Format: double */
            boostMaxRate: null | number;
            /** Format: int32 */
            boostCooldownMinutes: null | number;
            modifiedAt: components["schemas"]["EpochMicroseconds"];
            /** Format: int64 */
            requestCount: number;
            /** Format: int64 */
            sampledCount: number;
            /** Format: int64 */
            borrowCount: number;
            windows: components["schemas"]["SamplingWindow"][];
        };
        SamplingRuleList: {
            rules: components["schemas"]["SamplingRuleItem"][];
        };
        SamplingWindow: {
            time: components["schemas"]["EpochMicroseconds"];
            /** Format: int32 */
            requestCount: number;
            /** Format: int32 */
            sampledCount: number;
        };
        SavedEvent: {
            name: string;
            event: string;
            lastModified: components["schemas"]["EpochMicroseconds"];
        };
        ServerFacts: {
            accountId: string;
            region: string;
            dataDirectory: string;
            daemon: null | string;
            network: string;
            /** Format: int32 */
            traceRetentionDays: number;
            /** Format: int32 */
            logsMaxMegabytes: number;
            recordsCalls: boolean;
            version?: string;
            isolation?: string;
        };
        ServerSettings: {
            server: components["schemas"]["ServerFacts"];
            account: components["schemas"]["AccountFacts"];
            machine: components["schemas"]["MachineLimits"];
            encryption: components["schemas"]["EncryptionChoice"];
            lambdaSampling: components["schemas"]["LambdaSampling"];
            configuredSampling: components["schemas"]["LambdaSampling"];
            indexing: components["schemas"]["IndexingChoice"];
        };
        ServiceMap: {
            from: components["schemas"]["EpochMicroseconds"];
            to: components["schemas"]["EpochMicroseconds"];
            /** Format: int32 */
            sampled: null | number;
            /** Format: int32 */
            hidden: number;
            nodes: components["schemas"]["MapNode"][];
            edges: components["schemas"]["MapEdge"][];
        };
        SessionState: {
            isRequired: boolean;
            user: null | string;
        };
        SignInAsked: {
            accessKeyId: string;
            secretAccessKey: string;
        };
        SseItemOfLiveNews: {
            data?: components["schemas"]["LiveNews"];
            eventType?: null | string;
            eventId?: null | string;
            reconnectionInterval?: null | string;
        };
        StartState: {
            hasFunctions: boolean;
            hasTraces: boolean;
        };
        /** @enum {unknown} */
        SuggestionKind: "keyword" | "function" | "operator" | "value";
        TagsChange: {
            tags: {
                [key: string]: string;
            };
        };
        TestEventList: {
            events: components["schemas"]["SavedEvent"][];
            /** Format: int32 */
            countMax: number;
        };
        TimelineRow: {
            id: string;
            parentId: null | string;
            /** Format: int32 */
            depth: number;
            kind: components["schemas"]["TimelineRowKind"];
            name: string;
            origin: null | string;
            namespace: null | string;
            operation: null | string;
            inferred: boolean;
            startOffset: components["schemas"]["Microseconds"];
            duration: null | components["schemas"]["Microseconds"];
            status: components["schemas"]["TimelineStatus"];
            /** Format: int32 */
            httpStatus: null | number;
            lambdaPart: null | components["schemas"]["LambdaPart"];
            beforeCaller: null | components["schemas"]["Microseconds"];
        };
        /** @enum {unknown} */
        TimelineRowKind: "segment" | "subsegment";
        /** @enum {unknown} */
        TimelineStatus: "ok" | "error" | "throttle" | "fault" | "inProgress";
        TraceComparison: {
            before: components["schemas"]["ComparedTrace"];
            after: components["schemas"]["ComparedTrace"];
            works: components["schemas"]["ComparedWork"][];
        };
        /** Format: trace-id */
        TraceId: TraceIdBrand;
        TraceList: {
            traces: components["schemas"]["TraceListItem"][];
            next: null | string;
            isWhole: boolean;
        };
        TraceListItem: {
            id: components["schemas"]["TraceId"];
            startTime: components["schemas"]["EpochMicroseconds"];
            duration: components["schemas"]["Microseconds"];
            responseTime: null | components["schemas"]["Microseconds"];
            status: components["schemas"]["TimelineStatus"];
            name: string;
            type: null | string;
            httpMethod: null | string;
            httpUrl: null | string;
            /** Format: int32 */
            httpStatus: null | number;
            /** Format: int32 */
            segmentCount: number;
            users: string[];
            annotations: components["schemas"]["ListedAnnotation"][];
        };
        TraceMatches: {
            rowIds: string[];
        };
        TraceRequest: {
            rowId: string;
            functionName: string;
            qualifier: null | string;
            requestId: string;
            functionExists: boolean;
            logGroup: string;
            lines: components["schemas"]["LogLine"][];
            /** Format: int32 */
            lineCount: number;
            event: null | components["schemas"]["KeptEvent"];
        };
        TraceRequestList: {
            requests: components["schemas"]["TraceRequest"][];
        };
        TraceRowDetails: {
            id: string;
            document: components["schemas"]["JsonElement"];
            /** Format: int32 */
            subsegmentCount: number;
            causeRowId: null | string;
        };
        TraceStatistics: {
            /** Format: int32 */
            count: number;
            isWhole: boolean;
            outcomes: components["schemas"]["OutcomeCounts"];
            bins: components["schemas"]["ResponseTimeBin"][];
            percentiles: null | components["schemas"]["ResponseTimePercentiles"];
            points: components["schemas"]["ResponseTimePoint"][];
            annotationKeys: string[];
            breakdown: components["schemas"]["BreakdownRow"][];
        };
        TraceTimeline: {
            id: components["schemas"]["TraceId"];
            startTime: components["schemas"]["EpochMicroseconds"];
            duration: components["schemas"]["Microseconds"];
            status: components["schemas"]["TimelineStatus"];
            now: components["schemas"]["EpochMicroseconds"];
            grows: boolean;
            rows: components["schemas"]["TimelineRow"][];
            criticalPath: components["schemas"]["CriticalStretch"][];
            links: components["schemas"]["LinkedTrace"][];
            /** Format: int32 */
            orphanCount: number;
        };
        UrlChange: {
            authType: null | string;
            invokeMode: null | string;
            allowOrigins: null | string[];
        };
        UrlDetail: {
            qualifier: string;
            path: string;
            host: string;
            authType: string;
            invokeMode: string;
            allowOrigins: string[];
        };
        VersionDetail: {
            version: string;
            description: string;
            codeSha256: string;
            lastModified: components["schemas"]["EpochMicroseconds"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type AccountFacts = components['schemas']['AccountFacts'];
export type AliasChange = components['schemas']['AliasChange'];
export type AliasDetail = components['schemas']['AliasDetail'];
export type ApiError = components['schemas']['ApiError'];
export type ApiMemberFault = components['schemas']['ApiMemberFault'];
export type BreakdownRow = components['schemas']['BreakdownRow'];
export type ChartLine = components['schemas']['ChartLine'];
export type ChartPoint = components['schemas']['ChartPoint'];
export type ComparedSide = components['schemas']['ComparedSide'];
export type ComparedTrace = components['schemas']['ComparedTrace'];
export type ComparedWork = components['schemas']['ComparedWork'];
export type ConcurrencyChange = components['schemas']['ConcurrencyChange'];
export type ConcurrencyDetail = components['schemas']['ConcurrencyDetail'];
export type CriticalStretch = components['schemas']['CriticalStretch'];
export type EncryptionChoice = components['schemas']['EncryptionChoice'];
export type EnvironmentItem = components['schemas']['EnvironmentItem'];
export type EnvironmentList = components['schemas']['EnvironmentList'];
export type EnvironmentState = components['schemas']['EnvironmentState'];
export type EpochMicroseconds = components['schemas']['EpochMicroseconds'];
export type EventHandlingChange = components['schemas']['EventHandlingChange'];
export type EventHandlingDetail = components['schemas']['EventHandlingDetail'];
export type EventSourceList = components['schemas']['EventSourceList'];
export type EventText = components['schemas']['EventText'];
export type FilterCheck = components['schemas']['FilterCheck'];
export type FilterCompletion = components['schemas']['FilterCompletion'];
export type FilterMistake = components['schemas']['FilterMistake'];
export type FilterSuggestion = components['schemas']['FilterSuggestion'];
export type FirstTrace = components['schemas']['FirstTrace'];
export type FunctionChanged = components['schemas']['FunctionChanged'];
export type FunctionCharts = components['schemas']['FunctionCharts'];
export type FunctionDetail = components['schemas']['FunctionDetail'];
export type FunctionList = components['schemas']['FunctionList'];
export type FunctionListItem = components['schemas']['FunctionListItem'];
export type FunctionOptions = components['schemas']['FunctionOptions'];
export type FunctionRun = components['schemas']['FunctionRun'];
export type FunctionSettings = components['schemas']['FunctionSettings'];
export type FunctionSettingsChange = components['schemas']['FunctionSettingsChange'];
export type GroupAsked = components['schemas']['GroupAsked'];
export type GroupItem = components['schemas']['GroupItem'];
export type GroupList = components['schemas']['GroupList'];
export type ImpactedService = components['schemas']['ImpactedService'];
export type IndexingChoice = components['schemas']['IndexingChoice'];
export type InsightDetail = components['schemas']['InsightDetail'];
export type InsightItem = components['schemas']['InsightItem'];
export type InsightList = components['schemas']['InsightList'];
export type InsightMoment = components['schemas']['InsightMoment'];
export type InsightNode = components['schemas']['InsightNode'];
export type InvokedAgain = components['schemas']['InvokedAgain'];
export type JsonElement = components['schemas']['JsonElement'];
export type KeptEvent = components['schemas']['KeptEvent'];
export type LambdaPart = components['schemas']['LambdaPart'];
export type LambdaSampling = components['schemas']['LambdaSampling'];
export type LambdaSamplingAsked = components['schemas']['LambdaSamplingAsked'];
export type LinkedTrace = components['schemas']['LinkedTrace'];
export type LinkingTrace = components['schemas']['LinkingTrace'];
export type LinkingTraceList = components['schemas']['LinkingTraceList'];
export type ListedAnnotation = components['schemas']['ListedAnnotation'];
export type LiveNews = components['schemas']['LiveNews'];
export type LiveTopic = components['schemas']['LiveTopic'];
export type LogLine = components['schemas']['LogLine'];
export type LogLines = components['schemas']['LogLines'];
export type MachineLimits = components['schemas']['MachineLimits'];
export type MapBin = components['schemas']['MapBin'];
export type MapCause = components['schemas']['MapCause'];
export type MapEdge = components['schemas']['MapEdge'];
export type MapFigures = components['schemas']['MapFigures'];
export type MapNode = components['schemas']['MapNode'];
export type MapPart = components['schemas']['MapPart'];
export type MapPercentile = components['schemas']['MapPercentile'];
export type MapPeriod = components['schemas']['MapPeriod'];
export type MappingChangeAsked = components['schemas']['MappingChangeAsked'];
export type MappingDetail = components['schemas']['MappingDetail'];
export type MappingForm = components['schemas']['MappingForm'];
export type MappingState = components['schemas']['MappingState'];
export type Microseconds = components['schemas']['Microseconds'];
export type NewCode = components['schemas']['NewCode'];
export type NewFunction = components['schemas']['NewFunction'];
export type NewMapping = components['schemas']['NewMapping'];
export type NewPermission = components['schemas']['NewPermission'];
export type NewVersion = components['schemas']['NewVersion'];
export type OutcomeCounts = components['schemas']['OutcomeCounts'];
export type PermissionDetail = components['schemas']['PermissionDetail'];
export type ProvisionedDetail = components['schemas']['ProvisionedDetail'];
export type ResponseTimeBin = components['schemas']['ResponseTimeBin'];
export type ResponseTimePercentiles = components['schemas']['ResponseTimePercentiles'];
export type ResponseTimePoint = components['schemas']['ResponseTimePoint'];
export type RoleState = components['schemas']['RoleState'];
export type RunAsked = components['schemas']['RunAsked'];
export type RuntimeAvailability = components['schemas']['RuntimeAvailability'];
export type RuntimeOption = components['schemas']['RuntimeOption'];
export type SamplingRuleAsked = components['schemas']['SamplingRuleAsked'];
export type SamplingRuleItem = components['schemas']['SamplingRuleItem'];
export type SamplingRuleList = components['schemas']['SamplingRuleList'];
export type SamplingWindow = components['schemas']['SamplingWindow'];
export type SavedEvent = components['schemas']['SavedEvent'];
export type ServerFacts = components['schemas']['ServerFacts'];
export type ServerSettings = components['schemas']['ServerSettings'];
export type ServiceMap = components['schemas']['ServiceMap'];
export type SessionState = components['schemas']['SessionState'];
export type SignInAsked = components['schemas']['SignInAsked'];
export type SseItemOfLiveNews = components['schemas']['SseItemOfLiveNews'];
export type StartState = components['schemas']['StartState'];
export type SuggestionKind = components['schemas']['SuggestionKind'];
export type TagsChange = components['schemas']['TagsChange'];
export type TestEventList = components['schemas']['TestEventList'];
export type TimelineRow = components['schemas']['TimelineRow'];
export type TimelineRowKind = components['schemas']['TimelineRowKind'];
export type TimelineStatus = components['schemas']['TimelineStatus'];
export type TraceComparison = components['schemas']['TraceComparison'];
export type TraceId = components['schemas']['TraceId'];
export type TraceList = components['schemas']['TraceList'];
export type TraceListItem = components['schemas']['TraceListItem'];
export type TraceMatches = components['schemas']['TraceMatches'];
export type TraceRequest = components['schemas']['TraceRequest'];
export type TraceRequestList = components['schemas']['TraceRequestList'];
export type TraceRowDetails = components['schemas']['TraceRowDetails'];
export type TraceStatistics = components['schemas']['TraceStatistics'];
export type TraceTimeline = components['schemas']['TraceTimeline'];
export type UrlChange = components['schemas']['UrlChange'];
export type UrlDetail = components['schemas']['UrlDetail'];
export type VersionDetail = components['schemas']['VersionDetail'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
