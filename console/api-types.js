// Writes src/api/types.ts from openapi.json; with --check, only tells whether it is up to date.
import console from 'node:console';
import { readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { URL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

const description = new URL('openapi.json', import.meta.url);
const types = new URL('src/api/types.ts', import.meta.url);

// What is one number or string on the wire, but must not be taken for another.
const brands = { 'epoch-microseconds': 'EpochMicroseconds', microseconds: 'Microseconds', 'trace-id': 'TraceId' };

const tree = await openapiTS(JSON.parse(await readFile(description, 'utf8')), {
  rootTypes: true,
  rootTypesNoSchemaPrefix: true,
  emptyObjectsUnknown: true,
  defaultNonNullable: false,
  inject: `import type { ${Object.values(brands).map((name) => `${name} as ${name}Brand`).join(', ')} } from './brands';`,
  transform: ({ format }) => (format in brands ? ts.factory.createTypeReferenceNode(`${brands[format]}Brand`) : undefined),
});
const generated = `// Generated from openapi.json by \`npm run generate\`.\n${astToString(tree)}`;

if (!process.argv.includes('--check')) {
  await writeFile(types, generated);
} else if ((await readFile(types, 'utf8')) !== generated) {
  console.error('src/api/types.ts is not what openapi.json says: run `npm run generate`.');
  process.exitCode = 1;
}
