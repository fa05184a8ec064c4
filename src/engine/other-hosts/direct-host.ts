/**
 * A host in JavaScript for one plugin, a WASI command: the files of this folder are five of them. They are shown on the page
 * about other hosts, run in it, and recorded in Node.
 * @param plugin the compiled plugin
 * @param input what comes on stdin, as it is typed
 * @param print takes what the plugin writes
 * @param name the plugin's own name, its first argument: the site's Go plugins are one program that picks one by it
 * @returns the exit status
 */
export type DirectHost = (
  plugin: WebAssembly.Module,
  input: ReadableStream<Uint8Array>,
  print: (bytes: Uint8Array) => void,
  name: string,
) => Promise<number>;
