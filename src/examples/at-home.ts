/** How a reader runs an example at home: the commands of `examples/at-home.json`, which `go test` runs too. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAtHome } from './example-manifest.ts';
import { wazeroVersion, type Example, type ExamplePluginLanguage, type LoadOptions } from './load-example.ts';

/** What a reader saves, and then types. */
export interface AtHome {
  readonly language: ExamplePluginLanguage;
  /** Paths below an empty folder, as the sandbox names its sources. */
  readonly files: readonly string[];
  /** Lines for a Unix shell, to be run in that folder. */
  readonly commands: readonly string[];
}

/**
 * The commands for each plugin of an example.
 * @throws ExampleError if at-home.json is missing or wrong
 */
export function commandsAtHome({ name, sources }: Example, options: LoadOptions = {}): AtHome[] {
  const file = 'examples/at-home.json';
  const { module, plugins, reactors, run } = parseAtHome(
    readFileSync(join(options.root ?? process.cwd(), file), 'utf8'),
    file,
  );
  const wazero = wazeroVersion(options);
  const fill = (line: string): string => line.replaceAll('WAZERO', wazero).replaceAll('EXAMPLE', name);
  return sources
    .filter(({ role }) => role !== 'host')
    .map(({ language, file: source, lines }) => {
      // examples/internal/example looks for the same marks.
      const has = (mark: RegExp): boolean => lines.some(({ text }) => mark.test(text));
      const isReactor = has(/^\/\/go:wasmexport /u) || (has(/\bexport_name\(/u) && !has(/^int main\(/u));
      const build = isReactor && language !== 'rust' ? reactors[language] : plugins[language];
      return { language, files: ['host/main.go', source], commands: [...module, build, run].map(fill) };
    });
}
