/** The recorded sessions on several hosts, as the page about other hosts shows them. `npm run hosts -- --record` writes the data. */
import record from '../../data/compared-hosts.json';
import { comparedHosts, type ComparedHost, type ComparedStdin } from '../../protocol/compared-hosts.ts';
import { parseTranscript, type TranscriptStep } from '../../protocol/transcript.ts';

/** The plugins, by their names in the record. */
export type HostPlugin = keyof typeof record.sessions;
/** What a session came to, in its order: something that has a word, a program's own words, or its status. */
export type HostOutcome =
  | {
      readonly kind:
        'waits' | 'EOF' | 'line' | 'ready' | 'not-yet' | 'poll-failed' | 'nothing' | 'ran' | 'stood' | 'endless';
    }
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'status'; readonly status: number };

/** What the plugins of the record say. Their prompts, and what only repeats, tell nothing. */
const MEANINGS: readonly (readonly [RegExp, HostOutcome['kind'] & keyof Meanings])[] = [
  [/^(?:Name: )?Hello, Ada!$/u, 'line'],
  [/^got "Ada"$/u, 'line'],
  [/^read: Ada$/u, 'line'],
  [/^plugin: read has a line$/u, 'line'],
  [/^(?:Name: )?EOF: no more names\.$/u, 'EOF'],
  [/^plugin: read has nothing$/u, 'nothing'],
  [/^plugin: poll says: ready$/u, 'ready'],
  [/^plugin: poll says: nothing yet$/u, 'not-yet'],
  [/^plugin: poll failed$/u, 'poll-failed'],
  [/^(?:read: )?the other goroutine ran meanwhile: true$/u, 'ran'],
  [/^(?:read: )?the other goroutine ran meanwhile: false$/u, 'stood'],
];

type Meanings = Record<Exclude<HostOutcome['kind'], 'said' | 'status'>, unknown>;

const TELLS_NOTHING = /^(?:Name: ?|got ""|)$/u;

function outcomesOfStep(step: TranscriptStep): HostOutcome[] {
  switch (step.kind) {
    case 'waiting':
      return [{ kind: 'waits' }];
    case 'stopped':
      return [{ kind: 'endless' }];
    case 'exit':
      return step.status === 0 ? [] : [{ kind: 'status', status: step.status }];
    case 'stdout':
    case 'stderr': {
      const text = step.text.trimEnd();
      if (TELLS_NOTHING.test(text)) return [];
      const before: HostOutcome[] = text.startsWith('read: the other') ? [{ kind: 'nothing' }] : [];
      const [, kind] = MEANINGS.find(([pattern]) => pattern.test(text)) ?? [];
      return [...before, kind === undefined ? { kind: 'said', text } : { kind }];
    }
    case 'command':
    case 'typed':
    case 'closed':
      return [];
  }
}

function transcriptOf(plugin: HostPlugin, stdin: ComparedStdin, host: ComparedHost): string | undefined {
  const sessions: Readonly<Partial<Record<ComparedHost, string>>> = record.sessions[plugin][stdin];
  return sessions[host];
}

/** What a session came to; undefined if the host cannot be given such a stdin. */
export function outcomesOf(plugin: HostPlugin, stdin: ComparedStdin, host: ComparedHost): HostOutcome[] | undefined {
  const transcript = transcriptOf(plugin, stdin, host);
  return transcript === undefined ? undefined : parseTranscript(transcript).flatMap(outcomesOfStep);
}

/** The recorded sessions of a plugin, those that are alike together. */
export function sessionsOf(
  plugin: HostPlugin,
  stdin: ComparedStdin,
): { readonly hosts: readonly ComparedHost[]; readonly steps: readonly TranscriptStep[] }[] {
  const groups = new Map<string, ComparedHost[]>();
  for (const host of comparedHosts) {
    const transcript = transcriptOf(plugin, stdin, host);
    if (transcript !== undefined) groups.set(transcript, [...(groups.get(transcript) ?? []), host]);
  }
  return [...groups].map(([transcript, hosts]) => ({ hosts, steps: parseTranscript(transcript) }));
}

/** What the sessions were recorded with. */
export const hostVersions: Readonly<Record<string, string>> = record.versions;
