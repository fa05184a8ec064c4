/** A reader's own plugin, as a file or assembled: read, looked at, and told of. */
import { words } from '#words/editing/own-plugin';
import { make, makeButton } from '../make-element.ts';
import { WAT_FILE } from '../project/project.ts';
import { changeHost, type ChangedHost, type HostNeeds } from './host-changes.ts';
import { describeOwnWasm, inspectOwnWasm, OwnWasmError, type OwnWasm } from './own-wasm.ts';

/** Changes the host that is shown. */
export type ChangeHost = (needs: HostNeeds, change: (source: string, needs: HostNeeds) => ChangedHost) => void;

/** What a reader is told, and can do. */
export interface ToldWasm {
  readonly sentence: string;
  /** @param url of a file in `/playground/` */
  readonly offer?: ((onChange: ChangeHost, url: string) => HTMLElement) | undefined;
}

/** A reader's own file that can be a plugin. */
export interface OwnFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly told: ToldWasm;
}

/** Of a smaller file nobody waits for the end, in bytes. */
const WORTH_TELLING = 2_000_000;

/** @throws DOMException if the file is gone, or has changed since it was chosen */
async function bytesOf(file: File, onArrived: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(file.size);
  const reader = file.stream().getReader();
  let arrived = 0;
  onArrived(arrived);
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes.set(part.value, arrived);
    arrived += part.value.length;
    onArrived(arrived);
  }
  return bytes;
}

/** Tells a share of something once for each tenth of it. */
function tenths(of: number, tell: (percent: number) => void): (at: number) => void {
  let told = -1;
  return (at) => {
    const tenth = Math.floor((10 * at) / of);
    if (tenth === told || of < WORTH_TELLING) return;
    told = tenth;
    tell(10 * tenth);
  };
}

/** What the host can be given, as a button; for a reactor, where to read on. */
function offerFor({ foreign, features, start }: OwnWasm): ToldWasm['offer'] {
  if (foreign.length === 0 && features.length === 0 && start !== 'reactor') return undefined;
  return (onChange, url) => {
    const offer = make('p', { attributes: { 'data-part': 'own-offer' } });
    if (foreign.length > 0 || features.length > 0) {
      const { zeros, features: switchOn, both } = words.host;
      const label = features.length === 0 ? zeros : foreign.length === 0 ? switchOn : both;
      offer.append(makeButton(label, () => onChange({ foreign, features }, changeHost)));
    }
    if (start === 'reactor') {
      const href = new URL('../reactors/', url).href;
      offer.append(make('a', { text: words.host.aboutReactors, attributes: { href } }));
    }
    return offer;
  };
}

/**
 * Reads a file and looks at it.
 * @param tell told how far that is, in a sentence
 * @returns what is told of it; without `own` if it can't be a plugin
 */
export async function readOwnFile(
  file: File,
  tell: (sentence: string) => void,
): Promise<{ readonly told: ToldWasm; readonly own?: OwnFile }> {
  const { name, size } = file;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await bytesOf(
      file,
      tenths(size, (percent) => tell(words.reading(name, percent, size))),
    );
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { told: { sentence: words.unreadable(name, detail) } };
  }
  try {
    const found = await inspectOwnWasm(
      bytes,
      tenths(size, (percent) => tell(words.checkingFile(name, percent, size))),
    );
    const told = { sentence: words.isPlugin(name, describeOwnWasm(found)), offer: offerFor(found) };
    return { told, own: { name, bytes, told } };
  } catch (error) {
    if (!(error instanceof OwnWasmError)) throw error;
    return { told: { sentence: words.isNoPlugin(name, error.message) } };
  }
}

/** Looks at what was assembled. It runs all the same: wazero has the last word. */
export async function lookAtWat(bytes: Uint8Array<ArrayBuffer>): Promise<ToldWasm> {
  try {
    const found = await inspectOwnWasm(bytes);
    const offer = offerFor(found);
    if (found.start === 'command' && offer === undefined) return { sentence: '' };
    return { sentence: words.assembles(WAT_FILE, describeOwnWasm(found)), offer };
  } catch (error) {
    if (!(error instanceof OwnWasmError)) throw error;
    return { sentence: words.assembles(WAT_FILE, error.message) };
  }
}
