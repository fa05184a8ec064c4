import type { ActList, DoneAct } from '../run/act-list.ts';
import { LONGEST_PAUSE, type SharedAct } from './share-link.ts';

/** What a reader did in a run, each act with its pause, so that a link can do it again. */
export function sharedActs({ begun, all }: ActList): SharedAct[] {
  return all.map((act, index) => {
    const before = all[index - 1]?.at ?? begun;
    const pause = act.at - Math.max(before, act.waitingSince ?? before);
    return withPause(act, Math.round(Math.min(Math.max(pause, 0), LONGEST_PAUSE)));
  });
}

/** Only what a link needs: it has little room. */
function withPause(act: DoneAct, after: number): SharedAct {
  return act.kind === 'typed' ? { kind: act.kind, text: act.text, after } : { kind: act.kind, after };
}
