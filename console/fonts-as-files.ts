import type { Plugin } from 'vite';

const embeddedFont = /url\(["']?data:font\/woff2;base64,([^"')]+)["']?\)/g;

/**
 * Cloudscape's style sheet carries eight fonts in itself. As files of their own, a page loads only the two or three
 * that it draws with, after its first paint.
 */
export function fontsAsFiles(base: string): Plugin {
  return {
    name: 'fonts-as-files',
    generateBundle(_options, bundle) {
      for (const asset of Object.values(bundle)) {
        if (asset.type !== 'asset' || !asset.fileName.endsWith('.css')) continue;
        asset.source = asset.source.toString().replace(embeddedFont, (_match, base64: string) => {
          const source = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          const reference = this.emitFile({ type: 'asset', name: 'open-sans.woff2', source });
          return `url(${base}${this.getFileName(reference)})`;
        });
      }
    },
  };
}
