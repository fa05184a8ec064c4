import type { StreamKind } from '../protocol/sandbox-data.ts';
import type { Example } from './load-example.ts';

/** Whose stdin a reader types into: the plugin's, where the host hands it `os.Stdin`; else the host's own. */
export function stdinOwnerOf(stdin: StreamKind | undefined): 'host' | 'plugin' {
  return stdin === 'terminal' ? 'plugin' : 'host';
}

/** The host's source as one text. */
export function hostSourceOf({ sources }: Pick<Example, 'sources'>): string {
  const host = sources.find(({ role }) => role === 'host');
  return host?.lines.map(({ text }) => text).join('\n') ?? '';
}

/** Whether a host hands its plugin the writing end of a pipe as stdout. @param source of the host, in Go */
export function pipesStdout(source: string): boolean {
  const pipe = /^\s*\w+, (?<writer>\w+)(?:, err)? :?= (?:io|os)\.Pipe\(\)/gmu;
  return [...source.matchAll(pipe)].some(({ groups }) => source.includes(`WithStdout(${groups?.['writer'] ?? ''})`));
}

/** Whether a host calls functions of its plugin, which lives on after its `_start`. @param source of the host, in Go */
export function callsExports(source: string): boolean {
  return source.includes('.ExportedFunction(');
}
