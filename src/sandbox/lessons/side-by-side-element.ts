import { speakInTurn } from '../element/live-turns.ts';
import { chosenLanguage } from '../language/chosen-language.ts';
import { showLanguage } from '../language/plugin-switch.ts';
import { showSentence, withoutFences } from '../run/verbatim.ts';
import { onTrace, traceClock } from '../trace/sandbox-near.ts';
import type { findParting as FindParting } from '../timeline/parting.ts';
import type { TraceEventDetail } from '../trace/trace-event.ts';

/** One of the two. */
interface Side {
  readonly label: string;
  readonly sandbox: HTMLElement;
  detail: TraceEventDetail | undefined;
}

/**
 * `<side-by-side>`: two sandboxes that run together. One input reaches both, their timelines have one clock, and the page
 * says where they part. It works as a reader would, through the sandboxes' own buttons and fields.
 */
export class SideBySideElement extends HTMLElement {
  #listeners: AbortController | undefined;

  connectedCallback(): void {
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    const sides = this.#sides();
    const bar = this.querySelector<HTMLElement>('[data-part="both"]');
    const form = this.querySelector<HTMLFormElement>('[data-part="both-stdin"]');
    const line = form?.querySelector('input');
    const words = this.querySelector<HTMLElement>('[data-part="parting"]');
    if (bar === null || form === null || line === null || line === undefined || words === null) return;
    bar.hidden = false;

    const press = (action: string): void => {
      for (const { sandbox } of sides) sandbox.querySelector<HTMLButtonElement>(`[data-action="${action}"]`)?.click();
    };
    const type = (text: string): void => {
      for (const { sandbox } of sides) {
        const own = sandbox.querySelector<HTMLInputElement>('input[name="line"]');
        if (own !== null) own.value = text;
      }
    };
    const on = (name: string, act: () => void): void => {
      bar.querySelector(`[data-both="${name}"]`)?.addEventListener('click', act, { signal });
    };
    on('run', () => {
      showSameLanguage(sides, this.dataset['language'] ?? 'c');
      press('run');
    });
    on('stop', () => press('stop'));
    on('close', () => {
      type(line.value);
      line.value = '';
      press('close-stdin');
    });
    form.addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        type(line.value);
        for (const { sandbox } of sides) {
          const own = sandbox.querySelector<HTMLInputElement>('input[name="line"]');
          own?.form?.requestSubmit();
          // A run that has ended takes nothing, and would keep it in its field.
          if (own !== null) own.value = '';
        }
        line.value = '';
      },
      { signal },
    );
    for (const side of sides) {
      onTrace(
        side.sandbox,
        (detail) => {
          side.detail = detail;
          void this.#compare(sides, words);
        },
        signal,
      );
    }
  }

  disconnectedCallback(): void {
    this.#listeners?.abort();
  }

  #sides(): Side[] {
    return [...this.querySelectorAll<HTMLElement>('[data-side]')].flatMap((side): Side[] => {
      const sandbox = side.querySelector<HTMLElement>('plugin-sandbox');
      return sandbox === null ? [] : [{ label: side.dataset['side'] ?? '', sandbox, detail: undefined }];
    });
  }

  async #compare(sides: readonly Side[], words: HTMLElement): Promise<void> {
    const [left, right] = sides;
    if (left?.detail === undefined || right?.detail === undefined) return;
    const timelines = [left.detail.timeline, right.detail.timeline];
    for (const timeline of timelines) timeline.share(timelines);
    const findParting: typeof FindParting = (await import('../timeline/parting.ts')).findParting;
    const { text, calls } = findParting(
      { label: left.label, trace: left.detail.trace },
      { label: right.label, trace: right.detail.trace },
      traceClock(),
    );
    if (words.textContent !== withoutFences(text)) {
      showSentence(words, text);
      const spoken = this.querySelector<HTMLElement>('[data-part="said"]');
      if (spoken !== null) speakInTurn(spoken, () => text);
    }
    calls.forEach(({ id }, index) => timelines[index]?.mark([`call-${String(id)}`]));
  }
}

/** Both run the same plugin: in the reader's language if both have it. @param otherwise for those who have chosen none */
function showSameLanguage(sides: readonly Side[], otherwise: string): void {
  const switches = sides.flatMap(({ sandbox }) => sandbox.querySelector<HTMLElement>('[data-part="plugins"]') ?? []);
  const chosen = chosenLanguage();
  const hasChosen = (plugins: HTMLElement): boolean =>
    chosen !== undefined && plugins.querySelector(`input[value="${chosen}"]`) !== null;
  const language = chosen !== undefined && switches.every(hasChosen) ? chosen : otherwise;
  for (const plugins of switches) showLanguage(plugins, language);
}
