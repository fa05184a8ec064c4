import { TRACE_EVENT, type TraceEventDetail } from './trace-event.ts';

/** The sandbox of an example that an element is about: the next one behind it, else the page's first. */
export function sandboxNear(element: Element, example: string): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>(`plugin-sandbox[data-example="${example}"]`)];
  const isBehind = (sandbox: Element): boolean =>
    (element.compareDocumentPosition(sandbox) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return all.find(isBehind) ?? all[0];
}

/** What each sandbox told last, for those who come later than its run. */
const told = new WeakMap<Element, TraceEventDetail>();

/** Tells all who hear of a sandbox's trace. @param from an element in it */
export function tellTrace(from: HTMLElement, detail: TraceEventDetail): void {
  const sandbox = from.closest('plugin-sandbox');
  if (sandbox !== null) told.set(sandbox, detail);
  from.dispatchEvent(new CustomEvent(TRACE_EVENT, { bubbles: true, detail }));
}

/** Hears of a sandbox's trace, of a run before this too; and again a little later, since a wait makes no event. */
export function onTrace(sandbox: HTMLElement, hear: (detail: TraceEventDetail) => void, signal: AbortSignal): void {
  const againMs = 500;
  let latest: TraceEventDetail | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    timer = undefined;
    if (latest === undefined || signal.aborted) return;
    hear(latest);
    if (latest.trace.endedAt === undefined) timer = setTimeout(tell, againMs);
  };
  sandbox.addEventListener(
    TRACE_EVENT,
    (event) => {
      const { detail } = event as CustomEvent<TraceEventDetail>;
      const isNew = latest?.trace !== detail.trace;
      latest = detail;
      // A flood tells of itself many times a second.
      if (timer !== undefined && !isNew && detail.trace.endedAt === undefined) return;
      clearTimeout(timer);
      tell();
    },
    { signal },
  );
  latest = told.get(sandbox);
  tell();
}

/** The clock of live traces: milliseconds since the Unix epoch. */
export function traceClock(): number {
  return performance.timeOrigin + performance.now();
}
