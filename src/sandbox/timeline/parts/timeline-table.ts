import { words as numbers } from '#words/numbers';
import { words } from '#words/timeline';
import { showSentence, withoutFences } from '../../run/verbatim.ts';
import type { TimelineModel, TimelineRow } from '../model.ts';

/** Nearer to its end than this, a table is followed. */
const AT_END_PX = 8;
const COLUMNS = 5;
const WHAT = 2;

/** The table of a run: it has the rows of the lanes. Only what changed is written. */
export class TimelineTable {
  readonly #frame: HTMLElement;
  readonly #body: HTMLTableSectionElement;
  readonly #rows = new Map<string, HTMLTableRowElement>();

  /** @param frame scrolls */
  constructor(frame: HTMLElement, body: HTMLTableSectionElement) {
    this.#frame = frame;
    this.#body = body;
  }

  /** @param proofs rows to point at */
  show({ rows, ended }: TimelineModel, selected: string | undefined, proofs: ReadonlySet<string>): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#frame;
    // A run that is over when it is first shown is read from its beginning.
    const isNew = ended && this.#rows.size === 0;
    const follow = !isNew && scrollHeight - scrollTop - clientHeight < AT_END_PX;
    const keys = new Set(rows.map(({ key }) => key));
    for (const [key, row] of this.#rows) {
      if (keys.has(key)) continue;
      row.remove();
      this.#rows.delete(key);
    }
    rows.forEach((row, index) => {
      const element = this.#rowOf(row);
      if (this.#body.rows[index] !== element) this.#body.insertBefore(element, this.#body.rows[index] ?? null);
      write(element, row);
      const isSelected = row.key === selected;
      if ((element.ariaCurrent === 'true') !== isSelected) element.ariaCurrent = isSelected ? 'true' : null;
      if (element.classList.contains('proof') !== proofs.has(row.key)) element.classList.toggle('proof');
    });
    if (follow && selected === undefined) this.#frame.scrollTop = this.#frame.scrollHeight;
  }

  /** Scrolls inside the frame, and leaves the page where it is. */
  reveal(key: string): void {
    const row = this.#rows.get(key);
    if (row === undefined) return;
    const head = this.#frame.querySelector('thead')?.offsetHeight ?? 0;
    if (row.offsetTop - head < this.#frame.scrollTop) this.#frame.scrollTop = row.offsetTop - head;
    const bottom = row.offsetTop + row.offsetHeight;
    if (bottom > this.#frame.scrollTop + this.#frame.clientHeight) {
      this.#frame.scrollTop = bottom - this.#frame.clientHeight;
    }
  }

  #rowOf({ key }: TimelineRow): HTMLTableRowElement {
    let element = this.#rows.get(key);
    if (element === undefined) {
      element = document.createElement('tr');
      element.dataset['key'] = key;
      for (let index = 0; index < COLUMNS; index += 1) {
        const cell = document.createElement('td');
        element.append(cell);
      }
      this.#rows.set(key, element);
    }
    return element;
  }
}

function write(element: HTMLTableRowElement, row: TimelineRow): void {
  const { at, by, who, what, brief, took, result, more, shape } = row;
  if (element.dataset['who'] !== by) element.dataset['who'] = by;
  if (element.dataset['shape'] !== shape) element.dataset['shape'] = shape;
  const whole = more === undefined ? result : words.results.withKinds(result, more);
  [numbers.moment(at), who, brief, took, whole].forEach((text, index) => {
    const cell = element.cells[index];
    const place = index === WHAT && more !== undefined ? openerIn(element, cell) : cell;
    if (cell === undefined || place === undefined || place.textContent === withoutFences(text)) return;
    showSentence(place, text);
    // A row is one line; what it has no room for is here.
    cell.title = withoutFences(index === WHAT ? what : text);
  });
}

/** The button that opens a row for all that it holds. */
function openerIn(row: HTMLTableRowElement, cell: HTMLTableCellElement | undefined): HTMLElement | undefined {
  const there = cell?.querySelector('button');
  if (cell === undefined || there instanceof HTMLElement) return there ?? undefined;
  const button = document.createElement('button');
  button.type = 'button';
  button.ariaExpanded = 'false';
  button.addEventListener('click', () => {
    button.ariaExpanded = String(row.classList.toggle('open'));
  });
  cell.replaceChildren(button);
  return button;
}
