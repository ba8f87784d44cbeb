'use strict';

const REQUEST_ID = Symbol.for('_AWS_LAMBDA_REQUEST_ID');
const X_RAY_TRACE_ID = Symbol.for('_AWS_LAMBDA_X_RAY_TRACE_ID');
const TENANT_ID = Symbol.for('_AWS_LAMBDA_TENANT_ID');
const PROTECTED_KEYS = { REQUEST_ID, X_RAY_TRACE_ID, TENANT_ID };

let context;

/**
 * What belongs to the running invocation, where AWS's libraries look for it: the npm package @aws/lambda-invoke-store takes this
 * one over when it finds it. An environment runs one invocation at a time, so there is one store.
 */
const InvokeStore = {
  PROTECTED_KEYS,
  run(values, action) {
    context = values;
    return action();
  },
  getContext: () => context,
  hasContext: () => context !== undefined,
  get: (key) => context?.[key],
  set(key, value) {
    if (InvokeStore.isProtectedKey(key)) throw new Error(`Cannot modify protected Lambda context field: ${String(key)}`);
    context = context ?? {};
    context[key] = value;
  },
  isProtectedKey: (key) => Object.values(PROTECTED_KEYS).includes(key),
  getRequestId: () => context?.[REQUEST_ID] ?? '-',
  getXRayTraceId: () => context?.[X_RAY_TRACE_ID],
  getTenantId: () => context?.[TENANT_ID],
};

function rememberInvocation({ requestId, traceHeader, tenantId }) {
  context = { [REQUEST_ID]: requestId, [X_RAY_TRACE_ID]: traceHeader, [TENANT_ID]: tenantId };
}

module.exports = { InvokeStore, rememberInvocation };
