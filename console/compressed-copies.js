// Writes beside each built file its compressed forms, so that the server compresses nothing while somebody waits.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

const built = join(import.meta.dirname, 'dist');
const compressible = /\.(css|html|js|svg)$/;

// What fits into one packet arrives no sooner when it is smaller.
const smallest = 1400;

const ways = [
  { suffix: '.br', compress: promisify(brotliCompress) },
  { suffix: '.gz', compress: promisify(gzip) },
];

for (const entry of await readdir(built, { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && compressible.test(entry.name)) await writeCopies(join(entry.parentPath, entry.name));
}

async function writeCopies(file) {
  const content = await readFile(file);
  if (content.length < smallest) return;
  await Promise.all(ways.map(async ({ suffix, compress }) => writeFile(file + suffix, await compress(content))));
}
