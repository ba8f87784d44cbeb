/** A moment: microseconds since 1970-01-01T00:00:00Z. Below 2^53 until the year 2255, so a number holds it exactly. */
export type EpochMicroseconds = number & { readonly unit: 'microseconds since 1970' };

/** A length of time. */
export type Microseconds = number & { readonly unit: 'microseconds' };

/** An X-Ray trace id: `1-`, eight hexadecimal digits, a dash, twenty-four more. */
export type TraceId = string & { readonly id: 'trace' };
