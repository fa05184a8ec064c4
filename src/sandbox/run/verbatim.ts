/**
 * What in a sentence is no language: a browser's own error message, a program's output, the name of a file. It is fenced
 * before it goes into the sentence, and gets an element of its own on the page.
 */

/** Characters for private use. */
const FENCE = ['\uE002', '\uE003'] as const;
const FENCES = /[\uE002\uE003]/u;

/** Puts a fence around a text. */
export function verbatim(text: string): string {
  return `${FENCE[0]}${withoutFences(text)}${FENCE[1]}`;
}

/** Fences each text among the parameters of a problem. */
export function verbatimParameters<Problem extends { readonly code: string }>(problem: Problem): Problem {
  const { code, ...parameters } = problem;
  // Of the same type: texts become other texts, and the code stays.
  return { code, ...(fenced(parameters) as object) } as Problem;
}

function fenced(value: unknown): unknown {
  if (typeof value === 'string') return verbatim(value);
  if (Array.isArray(value)) return value.map(fenced);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fenced(part)]));
}

/** The sentence without its fences. */
export function withoutFences(sentence: string): string {
  return sentence.split(FENCES).join('');
}

/** Shows a sentence; what is fenced is not to be translated. */
export function showSentence(element: HTMLElement, sentence: string): void {
  if (!FENCES.test(sentence)) {
    element.textContent = sentence;
    return;
  }
  // One element around all: where the line is a flex box, each part would be an item of it.
  const line = document.createElement('span');
  for (const [index, text] of sentence.split(FENCES).entries()) {
    // What was fenced stands at the odd places.
    if (index % 2 === 0) {
      line.append(text);
      continue;
    }
    const part = document.createElement('span');
    part.translate = false;
    part.textContent = text;
    line.append(part);
  }
  element.replaceChildren(line);
}
