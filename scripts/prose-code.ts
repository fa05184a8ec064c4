/** Code in prose that no test runs: fenced and indented blocks, `<pre>`, and code inside of `<code>` over several lines. */

/** A place in a page. */
export interface ProseCode {
  /** Line, from 1. */
  readonly line: number;
  /** What stands there. */
  readonly what: 'fenced code' | 'indented code' | '<pre>' | 'a line of code in <code>';
}

/** Longer than a name, a call, a command or a message. */
const LONGEST_INLINE = 80;

/**
 * Finds code in a page's source that is not a listing. Front matter, imports and the attributes of components are no prose.
 * Code between backticks is fine: a name, a call, a message.
 * @param source the text of an `.md` or `.mdx` file
 */
export function findProseCode(source: string): ProseCode[] {
  const found: ProseCode[] = [];
  const lines = source.split('\n');
  let isFrontMatter = lines[0] === '---';
  let isTag = false;
  let fence: string | undefined;
  let isAfterBlank = true;
  let isInList = false;
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    if (isFrontMatter) {
      if (index > 0 && text === '---') isFrontMatter = false;
      continue;
    }
    const opened = /^\s*(?<mark>`{3,}|~{3,})/u.exec(text)?.groups?.['mark'];
    if (opened !== undefined) {
      if (fence === undefined) {
        found.push({ line, what: 'fenced code' });
        fence = opened;
      } else if (opened.startsWith(fence)) fence = undefined;
      continue;
    }
    if (fence !== undefined) continue;
    const startsTag = /^\s*<[A-Za-z][^>]*$/u.test(text);
    if (!isTag && startsTag) isTag = true;
    if (isTag) {
      if (/\/?>\s*$/u.test(text)) isTag = false;
      isAfterBlank = false;
      continue;
    }
    if (/<pre\b/u.test(text)) found.push({ line, what: '<pre>' });
    if (/^(?:[-*+]|\d+\.) /u.test(text)) isInList = true;
    else if (/^\S/u.test(text)) isInList = false;
    if (isAfterBlank && !isInList && /^(?: {4}|\t)\S/u.test(text) && !/^\s*</u.test(text)) {
      found.push({ line, what: 'indented code' });
    }
    for (const [, inline = ''] of text.matchAll(/`(?<inline>[^`]+)`/gu)) {
      if (inline.length > LONGEST_INLINE) found.push({ line, what: 'a line of code in <code>' });
    }
    isAfterBlank = text.trim() === '';
  }
  return found;
}
