import { words } from '#words/timeline';
import { iconButton, type IconName } from './icons.ts';

/** The buttons of a timeline, in a row. */
export type TimelineTools = Readonly<Record<Exclude<IconName, 'pause'>, HTMLButtonElement>>;

/** The timeline's elements, made with the run: a page without one does not carry them. `place-timeline.ts` puts them in. */
export interface TimelineParts {
  /** The lanes and what is said of them. */
  readonly section: HTMLElement;
  readonly lanes: HTMLElement;
  /** Who holds which end of stdin. */
  readonly ends: HTMLElement;
  readonly moment: HTMLInputElement;
  /** What is looked at. */
  readonly words: HTMLElement;
  /** What a screen reader is told of a step. */
  readonly status: HTMLElement;
  readonly toolbar: HTMLElement;
  readonly tools: TimelineTools;
  readonly table: HTMLElement;
  readonly rows: HTMLTableSectionElement;
}

const { controls: labels } = words;

/** @param title of the sandbox */
export function makeTimelineParts(title: string): TimelineParts {
  const lanes = make('div', { className: 'timeline-lanes' });
  const moment = make('input', { type: 'range', min: '0', max: '0', step: 'any' });
  moment.setAttribute('aria-keyshortcuts', 'ArrowLeft ArrowRight + - 0 Space');
  moment.ariaLabel = labels.moment;
  // The lanes are its track: they are drawn under it, and take the pointer.
  const track = make('div', { className: 'timeline-track' });
  track.append(lanes, moment);

  const ends = make('p', { className: 'timeline-ends' });
  const said = make('p', { className: 'timeline-moment' });
  const status = make('p', { className: 'sr-only', role: 'status' });
  const section = make('section', { className: 'timeline', ariaLabel: words.label(title) });
  section.dataset['part'] = 'timeline';
  section.append(track, said, ends, status);

  const tools: TimelineTools = {
    previous: iconButton('previous', labels.previous),
    next: iconButton('next', labels.next),
    replay: iconButton('replay', labels.replay),
    zoomOut: iconButton('zoomOut', labels.zoomOut),
    zoomIn: iconButton('zoomIn', labels.zoomIn),
    whole: iconButton('whole', labels.whole),
    save: iconButton('save', labels.save),
    copy: iconButton('copy', labels.copy),
  };
  const toolbar = make('div', { className: 'timeline timeline-tools', role: 'group', ariaLabel: words.label(title) });
  toolbar.append(...Object.values(tools));
  return { section, lanes, ends, moment, words: said, status, toolbar, tools, ...makeTable(title) };
}

function makeTable(title: string): Pick<TimelineParts, 'table' | 'rows'> {
  const table = make('div', {
    className: 'timeline timeline-table',
    role: 'region',
    tabIndex: 0,
    ariaLabel: words.callsOf(title),
  });
  const grid = make('table');
  const head = make('tr');
  head.append(...words.columns.map((name) => make('th', { scope: 'col', textContent: name })));
  const rows = make('tbody');
  const thead = make('thead');
  thead.append(head);
  grid.append(thead, rows);
  table.append(grid);
  return { table, rows };
}

/** An element with these properties. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}
