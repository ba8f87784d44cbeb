import dgram from 'node:dgram';
import { setTimeout as wait } from 'node:timers/promises';

// As many as the daemon puts into one request.
const batchLength = 50;

// A socket's buffer holds a few hundred kilobytes; datagrams that come faster than they are read are lost.
const datagramsAtOnce = 20;

/** Sends documents as the X-Ray daemon does: by PutTraceSegments, in batches. */
export function sendByHttp(endpoint) {
  return async (documents) => {
    for (let at = 0; at < documents.length; at += batchLength) {
      const body = JSON.stringify({ TraceSegmentDocuments: documents.slice(at, at + batchLength).map((document) => JSON.stringify(document)) });
      const answer = await fetch(new URL('/TraceSegments', endpoint), { method: 'POST', body });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${endpoint} answered ${answer.status}: ${text}`);
      const refused = JSON.parse(text).UnprocessedTraceSegments;
      if (refused.length > 0) throw new Error(`${refused.length} documents were refused: ${JSON.stringify(refused[0])}`);
    }
  };
}

/** Sends documents as X-Ray SDKs do: each in a datagram of its own, to a daemon. */
export function sendByUdp(address) {
  const { hostname, port } = new URL(`udp://${address}`);
  return async (documents) => {
    const socket = dgram.createSocket('udp4');
    try {
      for (const [index, document] of documents.entries()) {
        const packet = `{"format":"json","version":1}\n${JSON.stringify(document)}`;
        await new Promise((sent, failed) => {
          socket.send(packet, Number(port), hostname, (error) => (error ? failed(error) : sent()));
        });
        if (index % datagramsAtOnce === datagramsAtOnce - 1) await wait(5);
      }
    } finally {
      socket.close();
    }
  };
}
