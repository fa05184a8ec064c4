import { words } from '#words/timeline';
import { make, type TimelineParts } from './timeline-parts.ts';

/** Where a timeline's parts go: into panels of a sandbox, or all together behind an element. */
export type TimelinePlace =
  { readonly lanes: Element; readonly tools: Element; readonly calls: Element } | { readonly behind: Element };

/** The panels of a sandbox that has them. */
export function panelsOf(sandbox: Element): TimelinePlace | undefined {
  const [lanes, tools, calls] = ['timeline-panel', 'timeline-tools', 'calls-panel'].map((part) =>
    sandbox.querySelector(`[data-part="${part}"]`),
  );
  return lanes && tools && calls ? { lanes, tools, calls } : undefined;
}

/** Puts a timeline into the page. @param facts what it is of @param recorded looks like paper, since it is not live */
export function placeTimeline(parts: TimelineParts, place: TimelinePlace, facts: string, recorded: boolean): void {
  const { section, toolbar, table } = parts;
  for (const part of [section, toolbar, table]) part.classList.toggle('recorded', recorded);
  if ('lanes' in place) {
    section.append(make('p', { className: 'timeline-facts', textContent: facts }));
    place.lanes.append(section);
    place.tools.append(toolbar);
    place.calls.append(table);
    return;
  }
  const heading = make('p', { className: 'timeline-head' });
  heading.append(make('strong', { textContent: words.heading }), make('span', { textContent: facts }), toolbar);
  section.classList.add('whole');
  section.prepend(heading);
  section.append(table);
  place.behind.after(section);
}

/** Takes a timeline out of the page. */
export function removeTimeline({ section, toolbar, table }: TimelineParts): void {
  for (const part of [section, toolbar, table]) part.remove();
}
