// Writes src/api/types.ts from api.schema.json; with --check, only tells whether it is up to date.
import console from 'node:console';
import { readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { compileFromFile } from 'json-schema-to-typescript';

const schema = fileURLToPath(new URL('api.schema.json', import.meta.url));
const types = fileURLToPath(new URL('src/api/types.ts', import.meta.url));

const generated = await compileFromFile(schema, {
  bannerComment: '// Generated from api.schema.json by `npm run generate`.',
  style: { singleQuote: true, printWidth: 120 },
  unreachableDefinitions: true,
});

if (!process.argv.includes('--check')) {
  await writeFile(types, generated);
} else if ((await readFile(types, 'utf8')) !== generated) {
  console.error('src/api/types.ts is not what api.schema.json says: run `npm run generate`.');
  process.exitCode = 1;
}
