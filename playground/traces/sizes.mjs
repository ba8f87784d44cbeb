import { TraceBuilder } from '../segments.mjs';

const perPage = 100;

/** So many rows: pages of records, each page a document of its own, since one document holds 64 kB at most. */
export function wide(rows) {
  const trace = new TraceBuilder(120);
  const pages = Math.ceil(rows / (perPage + 1));
  const job = trace.segment('import-catalogue', 0, pages, { origin: 'AWS::ECS::Container' });
  let left = rows - 1;
  for (let page = 0; page < pages; page++) {
    const pageWork = trace.alone(job, `page ${page + 1}`, page, page + 0.98);
    left--;
    for (let record = 0; record < perPage && left > 0; record++, left--) {
      const from = page + record * 0.0097;
      const failed = (page * perPage + record) % 377 === 376;
      trace.inside(pageWork, `record ${page * perPage + record + 1}`, from, from + 0.009, failed ? { fault: true } : {});
    }
  }
  return trace.made;
}

/** Sixty services, of which each calls the next three: a map as wide as it is deep. */
export function services() {
  const trace = new TraceBuilder(90);
  const count = 60;
  const parents = [];
  for (let at = 0; at < count; at++) {
    const caller = parents[Math.floor((at - 1) / 3)];
    const [from, to] = caller ? [caller.from + 0.02 + 0.01 * (at % 3), caller.to - 0.02 - 0.01 * (at % 3)] : [0, 2];
    const name = `service-${String(at + 1).padStart(2, '0')}`;
    const call = caller && trace.inside(caller.segment, name, from - 0.005, to + 0.005, {
      namespace: 'remote',
      http: { request: { method: 'GET', url: `http://${name}.internal/`, traced: true }, response: { status: 200 } },
    });
    const segment = trace.segment(name, from, to, {
      ...(call ? { parent_id: call.id } : {}),
      origin: at % 2 === 0 ? 'AWS::ECS::Container' : 'AWS::EC2::Instance',
      http: { request: { method: 'GET', url: `http://${name}.internal/` }, response: { status: 200 } },
    });
    parents.push({ segment, from, to });
  }
  return trace.made;
}

/** Work inside work inside work, two hundred times. */
export function deep() {
  const trace = new TraceBuilder(30);
  const levels = 200;
  let parent = trace.segment('recursion', 0, 1);
  for (let level = 1; level <= levels; level++) {
    const margin = (0.5 / levels) * level * 0.99;
    parent = trace.inside(parent, `level ${level}`, margin, 1 - margin);
  }
  return trace.made;
}
