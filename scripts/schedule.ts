/** Runs the steps of `npm test`: some side by side where neither needs the machine to itself, in their order otherwise. */
import process from 'node:process';
import { runStep, skip, underCi, withoutSkips, type Outcome, type Step } from './step.ts';

/** A step that has ended. */
export interface Ended {
  readonly name: string;
  readonly outcome: Outcome;
  readonly seconds: number;
}

/** They fill the smallest machine that the tests are meant for, of two cores: each waits now and then, for a disk, a browser or a session. */
export const SIDE_BY_SIDE = 4;

/**
 * Runs every step, also after a failed one, unless it needs that one. A step begins as soon as those before it have ended
 * and there is room; one that is `alone` begins when nothing else runs, and until it does, none behind it begins.
 * @param write where what the steps say goes: of steps side by side each in one piece, when it has ended
 * @param room how many run at a time
 * @returns how each ended, in the order of `steps`
 */
export async function runSteps(
  steps: readonly Step[],
  write: (text: string) => void = (text) => process.stdout.write(text),
  room: number = SIDE_BY_SIDE,
): Promise<Ended[]> {
  const waiting = [...steps];
  const running = new Map<string, Promise<void>>();
  const ended = new Map<string, Ended>();
  let isAlone = false;

  const begin = (step: Step): void => {
    const started = performance.now();
    const title = `\n── ${step.name} ──\n`;
    let said = '';
    if (step.alone === true) write(title);
    const take = step.alone === true ? undefined : (text: string): void => void (said += text);
    isAlone = step.alone === true;
    const end = (outcome: Outcome): void => {
      if (step.alone !== true) write(title + said);
      isAlone = false;
      running.delete(step.name);
      ended.set(step.name, { name: step.name, outcome, seconds: (performance.now() - started) / 1000 });
    };
    running.set(step.name, outcomeOf(step, ended, take).then(end));
  };

  const next = (): Step | undefined => {
    if (isAlone || running.size >= room) return undefined;
    for (const step of waiting) {
      const isReady = [...step.needs, ...(step.after ?? [])].every(
        (name) => ended.has(name) || !steps.some((other) => other.name === name),
      );
      if (step.alone === true) return isReady && running.size === 0 ? step : undefined;
      if (isReady) return step;
    }
    return undefined;
  };

  while (ended.size < steps.length) {
    for (let step = next(); step !== undefined; step = next()) {
      waiting.splice(waiting.indexOf(step), 1);
      begin(step);
    }
    if (running.size === 0)
      throw new Error(`Expected steps that can begin, found ${waiting.map(({ name }) => name).join(', ')}.`);
    await Promise.race(running.values());
  }
  return steps.flatMap(({ name }) => ended.get(name) ?? []);
}

/** Runs a step, unless one that it needs has failed, or could not be there. */
async function outcomeOf(
  step: Step,
  ended: ReadonlyMap<string, Ended>,
  write: ((text: string) => void) | undefined,
): Promise<Outcome> {
  for (const name of step.needs) {
    const { failed = 0, passed = 1 } = ended.get(name)?.outcome ?? {};
    if (failed > 0) return skip(`not run, since ${name} failed`);
    if (passed === 0) return skip(`not run, since ${name} was skipped`);
  }
  return withoutSkips(await runStep(step, write), underCi);
}
