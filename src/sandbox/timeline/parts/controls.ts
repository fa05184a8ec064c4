import type { TimelineParts, TimelineTools } from './timeline-parts.ts';

/** What a reader can do with a timeline. */
export interface TimelineActs {
  /** Goes to a row before or after the one that is looked at. */
  step(by: 1 | -1): void;
  toggleReplay(): void;
  zoomBy(factor: number): void;
  showWhole(): void;
  save(): void;
  copy(): void;
  /** Looks at a moment, in milliseconds since the start. */
  scrub(at: number): void;
  /** The moment that a place on the lanes stands for. @param x from the left edge of the lanes, in pixels */
  momentAt(x: number): number;
  /** Selects the row that an element stands for. Returns false if it stands for none. */
  selectAt(target: EventTarget | null): boolean;
}

const ZOOM_STEP = 2;

/** Makes the buttons, the keys, the lanes and the table of a timeline do what they are for. */
export function listenToTimeline(
  { moment, lanes, rows, tools }: TimelineParts,
  acts: TimelineActs,
  signal: AbortSignal,
): void {
  const pressed: Readonly<Record<keyof TimelineTools, () => void>> = {
    previous: () => acts.step(-1),
    next: () => acts.step(1),
    replay: () => acts.toggleReplay(),
    zoomOut: () => acts.zoomBy(1 / ZOOM_STEP),
    zoomIn: () => acts.zoomBy(ZOOM_STEP),
    whole: () => acts.showWhole(),
    save: () => acts.save(),
    copy: () => acts.copy(),
  };
  for (const name of Object.keys(tools) as (keyof TimelineTools)[]) {
    tools[name].addEventListener('click', pressed[name], { signal });
  }
  moment.addEventListener('input', () => acts.scrub(Number(moment.value)), { signal });
  moment.addEventListener(
    'keydown',
    (event) => {
      if (actOnKey(event, acts)) event.preventDefault();
    },
    { signal },
  );
  rows.addEventListener(
    'click',
    ({ target }) => {
      acts.selectAt(target);
    },
    { signal },
  );
  listenToPointer(lanes, acts, signal);
}

function listenToPointer(lanes: HTMLElement, acts: TimelineActs, signal: AbortSignal): void {
  const scrub = ({ clientX }: PointerEvent): void =>
    acts.scrub(acts.momentAt(clientX - lanes.getBoundingClientRect().left));
  lanes.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || acts.selectAt(event.target)) return;
      lanes.setPointerCapture(event.pointerId);
      scrub(event);
    },
    { signal },
  );
  lanes.addEventListener(
    'pointermove',
    (event) => {
      if (lanes.hasPointerCapture(event.pointerId)) scrub(event);
    },
    { signal },
  );
}

/** Returns true if the key was handled. */
function actOnKey(event: KeyboardEvent, acts: TimelineActs): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      acts.step(-1);
      return true;
    case 'ArrowRight':
    case 'ArrowUp':
      acts.step(1);
      return true;
    case '+':
    case '=':
      acts.zoomBy(ZOOM_STEP);
      return true;
    case '-':
      acts.zoomBy(1 / ZOOM_STEP);
      return true;
    case '0':
      acts.showWhole();
      return true;
    case ' ':
      acts.toggleReplay();
      return true;
    default:
      return false;
  }
}
