/** A page as plain text: its prose, and in place of its components what they show. */
import { words } from '#words/pages/plain-text';
import { formatTranscript } from '../protocol/transcript.ts';
import { findSource, loadExample, loadProjectSource, type LoadOptions, type ShownSource } from './load-example.ts';

/** An attribute of a component's tag, where it is a plain string. */
function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\b${name}=(?:"([^"]*)"|\\{'([^']*)'\\})`, 'u').exec(tag)?.slice(1).find(Boolean);
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gmu, '    ');
}

function sourceText({ lines }: ShownSource, region: string | undefined): string {
  return indented(
    lines
      .filter(({ regions }) => region === undefined || regions.has(region))
      .map(({ text }) => text)
      .join('\n'),
  );
}

function session(name: string, options: LoadOptions): string {
  const { manifest, transcript, variants } = loadExample(name, options);
  const recorded = `${words.session(name, manifest.title, manifest.summary)}\n\n${indented(formatTranscript(transcript))}`;
  return [recorded, ...variants.map((variant) => words.variants[variant])].join('\n\n');
}

/** What a component shows, as text; the empty string for one that only a browser can show. */
function shown(tag: string, options: LoadOptions): string {
  const name = /^<(?<name>[A-Za-z]+)/u.exec(tag)?.groups?.['name'];
  const example = attribute(tag, 'example') ?? '';
  switch (name) {
    case 'Sandbox':
    case 'RecordedRun':
      return session(example, options);
    case 'Listing': {
      const file = attribute(tag, 'file') ?? '';
      const source = findSource(loadExample(example, options), file, options.askedBy ?? 'plain text');
      return `examples/${example}/${file}:\n\n${sourceText(source, attribute(tag, 'region'))}`;
    }
    case 'ProjectListing': {
      const file = attribute(tag, 'file') ?? '';
      const source = loadProjectSource(file, attribute(tag, 'declaration'), options);
      return `${file}:\n\n${sourceText(source, undefined)}`;
    }
    case 'SideBySide':
    case 'Variants':
      return [...tag.matchAll(/\bexample: '(?<example>[^']+)'/gu)]
        .map(([, one = '']) => session(one, options))
        .join('\n\n');
    case 'Challenge':
      return words.challenge(loadExample(example, options).manifest.title, attribute(tag, 'text') ?? '');
    case 'Predict':
      return words.prediction(attribute(tag, 'question') ?? '');
    case 'WazeroSource':
      return `wazero ${attribute(tag, 'file') ?? ''}:${/\bline=\{(\d+)\}/u.exec(tag)?.[1] ?? ''}`;
    case 'MatrixCell': // checked against the matrix when the page is built
      return attribute(tag, 'says') ?? '';
    case 'StateMark':
      return attribute(tag, 'state') === 'ended' ? words.states.ended : words.states.waiting;
    case 'ComparedHosts':
    case 'ComparedWithLinux':
    case 'ErrorTable':
    case 'MatrixTable':
    case 'WhatRanWhere':
    case 'WhatWasVerified':
      return words.onThePage;
    case 'WhenGoReports':
      return /\btable\b/u.test(tag) ? words.onThePage : '';
    case undefined:
    default:
      return '';
  }
}

/**
 * What stands in MDX source besides prose: code, which stays as it is; a component that ends in its own tag, which is at the first
 * "/>" that no text in quotes holds; any other tag.
 */
const MARKUP =
  /(?<code>```[^]*?```|`[^`\n]+`)|<[A-Z]\w*>|(?<component><[A-Z](?:"[^"]*"|'[^']*'|[^"'>]|(?<!\/)>)*?\/>)|<\/?[A-Za-z][^>]*>/gu;

/**
 * @param page title, description and MDX source of a page
 * @throws ExampleError if the page shows what is not there
 */
export function plainText(
  page: { readonly title: string; readonly description?: string | undefined; readonly body: string },
  options: LoadOptions = {},
): string {
  const body = page.body
    .replaceAll(/^import .*;\n/gmu, '')
    .replaceAll(/<StateMark[^>/]*>(?<text>[^<]*)<\/StateMark>/gu, '$<text>')
    .replaceAll(MARKUP, (_tag, code?: string, component?: string) =>
      component === undefined ? (code ?? '') : shown(component, options),
    )
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();
  return `# ${page.title}\n\n${page.description === undefined ? '' : `${page.description}\n\n`}${body}\n`;
}
