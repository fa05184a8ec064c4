import type { PluginLanguage, SandboxData } from '../../protocol/sandbox-data.ts';
import { loadBytes, loadModule } from './artefact-loader.ts';
import { RunFailureError } from './run-failure.ts';
import type { RunProgram } from './run.ts';

/** How much of a program has arrived. */
export interface LoadProgress {
  /** In bytes that are not compressed, as all that a page can count. */
  readonly bytes: number;
  readonly of: number;
  /** Bytes in all that cross the wire. */
  readonly wire: number;
}

/**
 * Loads an example's host and one of its plugins.
 *
 * @throws RunFailureError
 */
export async function loadProgram(
  data: SandboxData,
  language: PluginLanguage,
  onProgress: (progress: LoadProgress) => void,
): Promise<RunProgram> {
  const plugin = data.plugins[language];
  if (plugin === undefined) throw new RunFailureError({ code: 'no-plugin', example: data.example, language });
  const arrived = { host: 0, plugin: 0 };
  const progress =
    (part: keyof typeof arrived) =>
    (bytes: number): void => {
      arrived[part] = bytes;
      onProgress({
        bytes: arrived.host + arrived.plugin,
        of: data.host.bytes + plugin.bytes,
        wire: data.host.wire + plugin.wire,
      });
    };
  const [module, bytes] = await Promise.all([
    loadModule(data.host, progress('host')),
    loadBytes(plugin, progress('plugin')),
  ]);
  return { module, argv: [data.example, data.pluginFile], files: [{ name: data.pluginFile, bytes }] };
}
