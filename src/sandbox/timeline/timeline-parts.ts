import { words } from '#words/timeline';

/** The timeline's elements, made with the run: a page without one does not carry them. */
export interface TimelineParts {
  readonly section: HTMLElement;
  readonly lanes: HTMLElement;
  /** Who holds which end of stdin. */
  readonly ends: HTMLElement;
  readonly moment: HTMLInputElement;
  readonly previous: HTMLButtonElement;
  readonly next: HTMLButtonElement;
  readonly replay: HTMLButtonElement;
  readonly zoomIn: HTMLButtonElement;
  readonly zoomOut: HTMLButtonElement;
  readonly whole: HTMLButtonElement;
  readonly save: HTMLButtonElement;
  readonly copy: HTMLButtonElement;
  readonly words: HTMLElement;
  /** What a screen reader is told of a step. */
  readonly status: HTMLElement;
  readonly table: HTMLElement;
  readonly rows: HTMLTableSectionElement;
}

const { controls: labels } = words;

/** @param title of the sandbox @param facts said beside the heading */
export function makeTimelineParts(title: string, facts: string): TimelineParts {
  const button = (label: string, className = ''): HTMLButtonElement =>
    make('button', { type: 'button', className, textContent: label });

  const lanes = make('div', { className: 'timeline-lanes' });
  const moment = make('input', { type: 'range', min: '0', max: '0', step: 'any' });
  moment.setAttribute('aria-keyshortcuts', 'ArrowLeft ArrowRight + - 0 Space');
  const previous = button(labels.previous);
  const next = button(labels.next);
  const replay = button(labels.replay);
  const zoomIn = button(labels.zoomIn);
  const zoomOut = button(labels.zoomOut);
  const whole = button(labels.whole);
  const save = button(labels.save, 'apart');
  const copy = button(labels.copy);
  const controls = make('div', { className: 'timeline-controls', role: 'group', ariaLabel: words.label(title) });
  const label = make('label');
  label.append(make('span', { textContent: labels.moment }), moment);
  controls.append(label, previous, next, replay, zoomIn, zoomOut, whole, save, copy);

  const ends = make('p', { className: 'timeline-ends' });
  const said = make('p', { className: 'timeline-moment' });
  const status = make('p', { className: 'sr-only', role: 'status' });

  const { table, rows } = makeTable(title);
  const heading = make('p', { className: 'timeline-head' });
  heading.append(make('strong', { textContent: words.heading }), make('span', { textContent: facts }));
  const left = make('div');
  left.append(lanes, ends, controls, said, status);
  const columns = make('div', { className: 'timeline-columns' });
  columns.append(left, table);
  const section = make('section', { className: 'timeline', ariaLabel: words.label(title) });
  section.dataset['part'] = 'timeline';
  section.append(heading, columns);
  return {
    section,
    lanes,
    ends,
    moment,
    previous,
    next,
    replay,
    zoomIn,
    zoomOut,
    whole,
    save,
    copy,
    words: said,
    status,
    table,
    rows,
  };
}

function makeTable(title: string): Pick<TimelineParts, 'table' | 'rows'> {
  const table = make('div', {
    className: 'timeline-table',
    role: 'region',
    tabIndex: 0,
    ariaLabel: words.callsOf(title),
  });
  // With roles of its own, since on a narrow page its rows are no table rows to the style sheet.
  const grid = make('table', { role: 'table' });
  const head = make('tr', { role: 'row' });
  head.append(...words.columns.map((name) => make('th', { role: 'columnheader', scope: 'col', textContent: name })));
  const rows = make('tbody', { role: 'rowgroup' });
  const thead = make('thead', { role: 'rowgroup' });
  thead.append(head);
  grid.append(thead, rows);
  table.append(grid);
  return { table, rows };
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}
