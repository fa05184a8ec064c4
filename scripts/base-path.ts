/** The folder of a domain that the site is published in: `BASE_PATH=/docs/streams/ npm run build`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { SatteriProcessorOptions } from '@astrojs/markdown-satteri';

type HastPlugin = NonNullable<SatteriProcessorOptions['hastPlugins']>[number];

/**
 * @param given what BASE_PATH says, undefined for the root
 * @returns a path that begins and ends with a slash
 * @throws Error if it is no path
 */
export function parseBasePath(given: string | undefined): string {
  const path = `/${given ?? ''}/`.replaceAll(/\/{2,}/gu, '/');
  if (!/^\/(?:[\w.~-]+\/)*$/u.test(path)) {
    throw new Error(
      `Expected BASE_PATH to be a path of letters, digits, "-", "_", "." and "~", like /docs/streams/, found ${JSON.stringify(given)}.`,
    );
  }
  return path;
}

/** That of this build. */
export const basePath = parseBasePath(process.env['BASE_PATH']);

/** @returns an address below the site's root, below its folder; others are returned as they are */
export function withBase(address: string, base: string): string {
  return address.startsWith('/') && !address.startsWith('//') ? base + address.slice(1) : address;
}

/** Links in prose are written from the site's root, `/pipes-wait/`. This puts the site's folder before them. */
export function prefixLinks(base: string): HastPlugin {
  return {
    name: 'prefix-links',
    element: {
      filter: ['a'],
      visit(node, context) {
        const { href } = node.properties;
        if (typeof href === 'string') context.setProperty(node, 'href', withBase(href, base));
      },
    },
    // An <a> that is written as a tag.
    mdxJsxFlowElement: {
      filter: ['a'],
      visit(node, context) {
        for (const attribute of node.attributes) {
          if (attribute.type !== 'mdxJsxAttribute' || attribute.name !== 'href') continue;
          if (typeof attribute.value === 'string') {
            context.setProperty(node, 'href', withBase(attribute.value, base));
          }
        }
      },
    },
  };
}

/** @returns `_headers` for a site in a folder: its paths are those of the domain */
export function headersWithBase(headers: string, base: string): string {
  return headers.replaceAll(/^\/.*$/gmu, (path) => withBase(path, base));
}

/** Rewrites `_headers` of a built site, in place. */
export function moveHeaders(siteFolder: string, base: string): void {
  const file = join(siteFolder, '_headers');
  writeFileSync(file, headersWithBase(readFileSync(file, 'utf8'), base));
}
