'use strict';

/** Reads one HTTP/1.1 response, its body either of a stated length or in chunks. */
async function readHttpResponse(reader) {
  const [statusLine, ...lines] = (await reader.until('\r\n\r\n')).toString().split('\r\n');
  const status = Number(statusLine.split(' ', 2)[1]);
  const headers = new Map(lines.map(nameAndValue));
  return { status, headers, body: await readBody(reader, headers) };
}

function nameAndValue(line) {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

async function readBody(reader, headers) {
  if (headers.get('transfer-encoding')?.toLowerCase() !== 'chunked') {
    return reader.exactly(Number(headers.get('content-length') ?? 0));
  }
  const chunks = [];
  for (;;) {
    const size = Number.parseInt((await reader.until('\r\n')).toString(), 16);
    if (size === 0) break;
    chunks.push(await reader.exactly(size));
    await reader.until('\r\n');
  }
  while ((await reader.until('\r\n')).length > 0); // trailers, up to the empty line
  return Buffer.concat(chunks);
}

module.exports = { readHttpResponse };
