/**
 * Writes the site's Content-Security-Policy: into every built page as a meta tag, with the hashes of that page's inline scripts,
 * and into `_headers`, with the hashes of all. A page must satisfy both, so that a server without `_headers` loses nothing but
 * the policy of the workers, which have no tag to carry one.
 *
 * Astro can write such a tag too, but it knows only the scripts that it has bundled: those that run before a page is drawn
 * (Starlight's theme, the sandbox's place) it passes on as they are, and does not hash (withastro/astro#16678). Here the hashes
 * are taken from what was written, so that none can be missing.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Cloudflare Pages and Netlify refuse a longer line in `_headers`, in characters. */
const longestHeaderLine = 2000;

/** Scripts in a page; their attributes and their text. */
const scriptElements = /<script\b([^>]*)>([^]*?)<\/script>/gu;
/** A script that is data is not executed, and one with an address is 'self'. */
const notInline = /\bsrc=|\btype="application\/(?:ld\+)?json"/u;
/** The first thing in a page's head. The tag comes right behind it: it holds for what follows. */
const charset = /<meta charset="utf-8"\/?>/u;

const header = /^\s*Content-Security-Policy:.*\n/mu;

/** @returns the hash sources of a page's inline scripts, without doubles */
export function inlineScriptHashes(html: string): readonly string[] {
  const hashes = [...html.matchAll(scriptElements)]
    .filter(([, attributes = '']) => !notInline.test(attributes))
    .map(([, , text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return [...new Set(hashes)].sort();
}

/** The policy, where these inline scripts may run and no other. */
export function policyOf(hashes: readonly string[]): string {
  return [
    "default-src 'self'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...hashes].join(' '),
    // Starlight sets sizes in style attributes, and the editor its own rules: styles start no program, and load only from here.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/**
 * The policy as a header: it also says that no other site may show a page in a frame, which a tag cannot say (Content Security
 * Policy Level 3, 6.4.2).
 */
function sentPolicyOf(hashes: readonly string[]): string {
  return `${policyOf(hashes)}; frame-ancestors 'self'`;
}

/**
 * Adds the policy to a built site, in place.
 * @param siteFolder the folder that Astro wrote
 * @throws Error if a page has no place for it, or the header would be longer than static hosts take
 */
export function addSecurityPolicy(siteFolder: string): void {
  const all = new Set<string>();
  for (const name of readdirSync(siteFolder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.html')) continue;
    const path = join(siteFolder, name);
    const html = readFileSync(path, 'utf8');
    const hashes = inlineScriptHashes(html);
    for (const hash of hashes) all.add(hash);
    const tag = `<meta http-equiv="Content-Security-Policy" content="${policyOf(hashes)}"/>`;
    const withPolicy = html.replace(charset, (found) => `${found}${tag}`);
    if (withPolicy === html) throw new Error(`${name}: expected <meta charset="utf-8"/> in its head, found none.`);
    writeFileSync(path, withPolicy);
  }
  const line = `Content-Security-Policy: ${sentPolicyOf([...all].sort())}`;
  if (line.length > longestHeaderLine) {
    throw new Error(
      `Expected a policy of at most ${String(longestHeaderLine)} characters, found ${String(line.length)}: ` +
        'the pages have too many different inline scripts. Move some into files.',
    );
  }
  const headers = join(siteFolder, '_headers');
  const text = readFileSync(headers, 'utf8').replace(header, '');
  const everyPath = /^\/\*\n/mu;
  if (!everyPath.test(text)) throw new Error('_headers: expected a block for /*, found none.');
  writeFileSync(
    headers,
    text.replace(everyPath, (found) => `${found}  ${line}\n`),
  );
}

/** @returns the policy that `_headers` of a built site sends with everything, undefined if it has none */
export function policyIn(headers: string): string | undefined {
  return /^\s*Content-Security-Policy: (.*)$/mu.exec(headers)?.[1];
}
