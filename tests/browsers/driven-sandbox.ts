/** A sandbox under any driver, as its reader has it. What is expected is waited for inside the page; nothing sleeps. */
import assert from 'node:assert/strict';
import { drawnMilliseconds } from '../fixtures/drawn-time.ts';
import type { PlayableSandbox } from '../fixtures/play-transcript.ts';
import { joinPieces, WAITING, type LogPiece, type SandboxState } from '../fixtures/sandbox.ts';
import { callInPage, Expression, type Tab } from './tab.ts';

/** A cold run compiles a Go plugin in wazero's interpreter: some seconds on two busy cores. */
const withinMs = 30_000;

/** Where a sandbox says what happens. */
const SAYS = {
  state: '[data-part="state"]',
  host: '[data-part="host-state"]',
  lanes: '.timeline-lanes svg text',
  table: '.timeline-table tbody tr',
  link: '[data-part="share-note"]',
  editor: '.edit-note',
  code: '.cm-line',
} as const;

/** In the page: a part of a sandbox that a reader can use now, by its role and its name; else undefined. */
function findPart(root: Element, role: 'button' | 'textbox' | 'radio', names: readonly string[]): Element | undefined {
  const selector = { button: 'button', textbox: 'input:not([type="radio"])', radio: 'input[type="radio"]' }[role];
  for (const element of root.querySelectorAll<HTMLButtonElement | HTMLInputElement>(selector)) {
    const labels = role === 'button' ? [element] : [...(element.labels ?? [])];
    // A radio may be drawn by its label alone.
    const target = role === 'radio' ? (labels[0] ?? element) : element;
    const said = element.ariaLabel === null ? labels.map((label) => label.textContent) : [element.ariaLabel];
    const named = said.some((name) => names.includes(name.trim().replace(/\s+/gu, ' ')));
    const usable = !element.disabled && element.ariaDisabled !== 'true' && target.getClientRects().length > 0;
    if (named && usable) return target;
  }
  return undefined;
}

/** In the page: how long the call that waits is drawn in a sandbox; 0 if none waits. */
const DRAWN_WAIT = `(root) => {
  const bar = root.querySelector('.wait-waiting');
  return bar === null ? 0 : (${String(drawnMilliseconds)})(bar);
}`;

/** In the page: resolves to null once `look` finds nothing wrong; after a while, or when the run has failed, to what it finds. */
function waitInPage<Wanted>(
  root: Element,
  look: (root: Element, wanted: Wanted) => string | undefined,
  wanted: Wanted,
  within: number,
): Promise<string | null> {
  return new Promise((resolve) => {
    const end = (found: string | undefined): void => {
      observer.disconnect();
      clearTimeout(timer);
      resolve(found ?? null);
    };
    const check = (): void => {
      const found = look(root, wanted);
      if (found === undefined || root.querySelector('[data-part="state"][data-state="failed"]') !== null) end(found);
    };
    const observer = new MutationObserver(check);
    const timer = setTimeout(() => end(look(root, wanted)), within);
    observer.observe(root, { attributes: true, characterData: true, childList: true, subtree: true });
    check();
  });
}

/** One sandbox, through a tab. */
export class DrivenSandbox implements PlayableSandbox {
  readonly #tab: Tab;
  readonly #root: Expression<Element>;

  /** The page's first sandbox of an example. */
  constructor(tab: Tab, example: string) {
    this.#tab = tab;
    this.#root = new Expression(`document.querySelector('plugin-sandbox[data-example="${example}"]')`);
  }

  async choosePlugin(label: string): Promise<void> {
    await this.#click('radio', label);
  }

  async run(): Promise<void> {
    await this.#click('button', 'Run', 'Run again');
  }

  async stop(): Promise<void> {
    await this.#click('button', 'Stop');
  }

  async type(line: string): Promise<void> {
    await this.typeHalf(line);
    await this.#click('button', 'Send');
  }

  async typeHalf(text: string): Promise<void> {
    const names = ['You type into the host’s stdin', 'You type into the plugin’s stdin'];
    await this.#tab.fill(await this.#usable('textbox', ...names), text);
  }

  async closeStdin(): Promise<void> {
    await this.#click('button', 'Close stdin');
  }

  /** Asks for a link to the program in the editor. */
  async shareProgram(): Promise<void> {
    await this.#click('button', 'Copy a link to this program');
  }

  async expectState(state: SandboxState): Promise<void> {
    await this.#expect((root, wanted) => {
      // A plugin may be gone for long while its host runs on.
      const part = wanted === 'exited' ? 'host-state' : 'state';
      const line = root.querySelector<HTMLElement>(`[data-part="${part}"]`);
      const found = line?.dataset['state'];
      return found === wanted ? undefined : `${String(found)}: ${String(line?.textContent)}`;
    }, state);
  }

  async expectWaiting(): Promise<void> {
    await this.#expect(
      (root, wanted) =>
        root.querySelector(wanted) === null ? (root.querySelector('.bar')?.textContent ?? '') : undefined,
      WAITING,
    );
  }

  async expectExit(status: number): Promise<void> {
    await this.#expect(
      (root, wanted) => {
        const found = root.querySelector('[data-part="host-state"]')?.textContent.trim() ?? '';
        // After the status comes what is known of its cause.
        return found === wanted || found.startsWith(`${wanted} · `) ? undefined : found;
      },
      `exited ${String(status)}`,
    );
  }

  /** Waits until the state line, a text in the lanes, a row of the table, a note, or a line of the editor says this. */
  async expectSaid(where: keyof typeof SAYS, said: RegExp): Promise<void> {
    const look = (root: Element, wanted: { readonly says: string; readonly said: string }): string | undefined => {
      const found = [...root.querySelectorAll(wanted.says)].map(({ textContent }) => textContent.trim());
      const pattern = new RegExp(wanted.said, 'u');
      return found.some((text) => pattern.test(text)) ? undefined : found.join('\n');
    };
    await this.#expect(look, { says: SAYS[where], said: said.source });
  }

  /** How long the call that waits is drawn, in milliseconds of the axis; 0 if none waits. */
  async drawnWait(): Promise<number> {
    return Number(await this.#tab.evaluate(`(${DRAWN_WAIT})(${this.#root.source})`));
  }

  async expectDrawnWaitAbove(milliseconds: number): Promise<void> {
    await this.#expectIn(
      new Expression<(root: Element, least: number) => string | undefined>(
        `(root, least) => {
          const found = (${DRAWN_WAIT})(root);
          return found > least ? undefined : String(found);
        }`,
      ),
      milliseconds,
    );
  }

  /** The facts say how reads wait here. */
  async expectTransport(name: string): Promise<void> {
    await this.#expect((root, wanted) => {
      const found = root.querySelector('[data-part="transport"]')?.textContent ?? '';
      return found.trim() === wanted ? undefined : found;
    }, name);
  }

  async expectLog(expected: readonly LogPiece[]): Promise<void> {
    await this.#expect(
      (root, wanted) => {
        let last = '';
        let found = '';
        for (const { dataset, textContent } of root.querySelectorAll<HTMLElement>(
          '[data-part="log"] > :not([data-stream="note"])',
        )) {
          const stream = dataset['stream'] ?? '';
          found += stream === last ? textContent : `\n[${stream}] ${textContent}`;
          last = stream;
        }
        return found === wanted ? undefined : found;
      },
      joinPieces(expected)
        .map(({ stream, text }) => `\n[${stream}] ${text}`)
        .join(''),
    );
  }

  async expectStreams(expected: readonly LogPiece[]): Promise<void> {
    const text = (stream: LogPiece['stream']): string =>
      expected.flatMap((piece) => (piece.stream === stream ? [piece.text] : [])).join('');
    await this.#expect(
      (root, wanted) => {
        const found = ['stdout', 'stderr', 'typed']
          .map((stream) => {
            const pieces = root.querySelectorAll(`[data-part="log"] > [data-stream="${stream}"]`);
            const said = [...pieces].map(({ textContent }) => textContent).join('');
            // As `withoutTrace` in tests/fixtures/sandbox.ts, which is not there in the page.
            return `\n[${stream}] ${said.replace(/\n\ngoroutine \d+ [^]*$/u, '\n')}`;
          })
          .join('');
        return found === wanted ? undefined : found;
      },
      `\n[stdout] ${text('stdout')}\n[stderr] ${text('stderr')}\n[typed] ${text('typed')}`,
    );
  }

  async linesSoFar(): Promise<number> {
    const { kept, gone } = await this.flood();
    return gone + kept.split('\n').length - 1;
  }

  async flood(): Promise<{ readonly kept: string; readonly gone: number }> {
    const found = await this.#tab.evaluate(
      callInPage(
        (root: Element) => ({
          elided: root.querySelector('[data-part="elided"]')?.textContent ?? '',
          kept: root.querySelector('[data-part="log"]')?.textContent ?? '',
        }),
        this.#root,
      ),
    );
    const { elided, kept } = found as { readonly elided: string; readonly kept: string };
    return { kept, gone: Number(/[\d,]+/u.exec(elided)?.[0].replaceAll(',', '') ?? 0) };
  }

  async #click(role: 'button' | 'radio', ...names: readonly string[]): Promise<void> {
    await this.#tab.click(await this.#usable(role, ...names));
  }

  /** Waits until a part can be used; returns its expression. */
  async #usable(role: 'button' | 'textbox' | 'radio', ...names: readonly string[]): Promise<string> {
    const part = callInPage(findPart, this.#root, role, names);
    await this.#expectIn(
      new Expression<(root: Element, wanted: string) => string | undefined>(
        `(root, wanted) => ${part} === undefined ? wanted : undefined`,
      ),
      `no ${role} named ${names.join(' or ')} that could be used`,
    );
    // In view, and not below what stays at an edge.
    await this.#tab.evaluate(`(${part}).scrollIntoView({ block: 'center' })`);
    return part;
  }

  async #expect<Wanted>(look: (root: Element, wanted: Wanted) => string | undefined, wanted: Wanted): Promise<void> {
    await this.#expectIn(new Expression<typeof look>(String(look)), wanted);
  }

  async #expectIn<Wanted>(
    look: Expression<(root: Element, wanted: Wanted) => string | undefined>,
    wanted: Wanted,
  ): Promise<void> {
    const found = await this.#tab.evaluate(
      callInPage(waitInPage<Wanted>, this.#root, look, new Expression<Wanted>(JSON.stringify(wanted)), withinMs),
    );
    if (found !== null) assert.equal(found, wanted, 'the sandbox shows something else');
  }
}
