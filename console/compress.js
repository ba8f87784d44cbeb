// Puts a compressed form beside each built script and style sheet, which is the one that the server carries and sends.
// Gzip and not Brotli, since browsers take Brotli over TLS only.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, URL } from 'node:url';
import { gzipSync } from 'node:zlib';

const assets = new URL('dist/assets/', import.meta.url);

for (const file of await readdir(assets)) {
  if (!/\.(js|css)$/.test(file)) continue;
  const path = fileURLToPath(new URL(file, assets));
  await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }));
}
