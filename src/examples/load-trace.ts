import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TraceRecording } from '../protocol/trace.ts';
import { ExampleError } from './example-error.ts';
import type { LoadOptions } from './load-example.ts';

/**
 * Reads `examples/<name>/trace.json`.
 * @throws ExampleError if there is none
 */
export function loadTrace(name: string, options: LoadOptions = {}): TraceRecording {
  const file = `examples/${name}/trace.json`;
  const path = join(options.root ?? process.cwd(), file);
  if (!existsSync(path)) {
    throw new ExampleError(
      file,
      `expected the recorded calls, found no file; npm run examples -- --trace ${name} writes it`,
    );
  }
  // Written by examples/internal/record, and replayed by `go test`.
  return JSON.parse(readFileSync(path, 'utf8')) as TraceRecording;
}
