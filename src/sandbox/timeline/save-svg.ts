import { escape } from './drawing/scale.ts';

/** Selectors of the rules that a drawing needs by itself. */
const DRAWING_RULE = /\.timeline-drawing[^{}]*\{[^{}]*\}/gu;

/**
 * Hands the reader a drawing as a file that looks the same without the page.
 * @param css the page's rules @param within where the colours are taken from @param file its name, without ending
 */
export function saveSvg(drawing: string, description: string, css: string, within: Element, file: string): void {
  const values = getComputedStyle(within);
  const rules = (css.match(DRAWING_RULE) ?? [])
    .join('\n')
    .replaceAll(/var\((--[\w-]+)\)/gu, (_, name: string) => values.getPropertyValue(name).trim());
  const surface = values.getPropertyValue('--tl-surface').trim();
  const svg = drawing.replace(
    />/u,
    `><title>${escape(description)}</title><style>${rules}</style><rect width="100%" height="100%" fill="${escape(surface)}"/>`,
  );
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  link.download = `${file}.svg`;
  link.click();
  URL.revokeObjectURL(link.href);
}
