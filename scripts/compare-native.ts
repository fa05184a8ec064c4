/**
 * Runs programs on this machine's Linux. Node connects a child by sockets, which a program can tell from pipes; so a shell
 * between makes real pipes, and `script`, of util-linux, makes a terminal.
 */
import { spawn } from 'node:child_process';
import { Session, type StdinEnd } from './compare-session.ts';
import type { StdinKind } from './compare-table.ts';

/** A run takes a few seconds; this many are for a machine that is busy with other things. */
const PATIENCE_MS = 60_000;

const SAY_STATUS = String.raw`printf '? exit %d\n' $?`;
const PIPES = `cat | { "$@" 2>&1; ${SAY_STATUS}; } | cat`;
const NO_WRITER = `{ "$@" 2>&1; ${SAY_STATUS}; } < "$FROM" | cat`;
// Without an echo, what the terminal says is what the program wrote.
const TERMINAL = `stty -echo -onlcr; "$@"; ${SAY_STATUS}`;

/** Ctrl-D. */
const END_KEY = '\u{4}';

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function commandLine(command: readonly string[], stdin: StdinKind): readonly string[] {
  switch (stdin) {
    case 'pipe':
      return ['sh', '-c', PIPES, 'sh', ...command];
    case 'terminal':
      return ['script', '-qec', `set -- ${command.map(quoted).join(' ')}; ${TERMINAL}`, '/dev/null'];
    case 'nothing':
    case 'bytes':
      return ['sh', '-c', NO_WRITER, 'sh', ...command];
  }
}

/**
 * Runs a program natively, to its end.
 * @param file the path of a file with what is on stdin, if `stdin` is `bytes`
 * @returns what it observed
 * @throws Error if it fails, or does not end
 */
export async function runNatively(
  command: readonly string[],
  stdin: StdinKind,
  file: string,
): Promise<ReadonlyMap<string, string>> {
  const [program = '', ...args] = commandLine(command, stdin);
  const child = spawn(program, args, {
    env: { ...process.env, SHELL: '/bin/sh', FROM: stdin === 'bytes' ? file : '/dev/null' },
    stdio: ['pipe', 'pipe', 'inherit'],
    // A group of its own, so that it can be ended with all that it has started.
    detached: true,
  });
  const write = (bytes: Uint8Array | string): Promise<void> =>
    new Promise((resolve) => {
      child.stdin.write(bytes, () => resolve());
    });
  const end: StdinEnd = {
    write,
    end: () => {
      if (stdin === 'terminal') void write(END_KEY);
      else child.stdin.end();
    },
  };
  const session = new Session(stdin === 'pipe' || stdin === 'terminal' ? end : undefined);
  // Who has ended does not read any more.
  child.stdin.on('error', () => undefined);

  return new Promise((resolve, reject) => {
    const stop = (error: Error): void => {
      clearTimeout(timer);
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      reject(error);
    };
    const timer = setTimeout(() => {
      const last = [...session.observations.keys()].at(-1) ?? 'nothing';
      stop(new Error(`expected it to end, found it waiting after it observed: ${last}`));
    }, PATIENCE_MS);
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      try {
        session.take(text);
      } catch (error) {
        stop(error instanceof Error ? error : new Error(String(error)));
      }
      if (session.status !== undefined) child.stdin.end();
    });
    child.on('error', stop);
    child.on('close', () => {
      clearTimeout(timer);
      if (session.status === 0) resolve(session.observations);
      else reject(new Error(`expected exit status 0, found ${String(session.status)}`));
    });
  });
}
