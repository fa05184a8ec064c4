import { wasi } from '@bjorn3/browser_wasi_shim';

/** Every file of a program is on one device. */
const DEVICE = 1n;

/**
 * The shim writes the times at 38, 46 and 52, over the size and over each other; they stand at 40, 48 and 56 (witx
 * `$filestat`; right in the shim's repository, not in npm's 0.4.2).
 */
export class Filestat extends wasi.Filestat {
  constructor(ino: bigint, filetype: number, size: bigint) {
    super(ino, filetype, size);
    this.dev = DEVICE;
    this.nlink = 1n;
  }

  override write_bytes(view: DataView, pointer: number): void {
    view.setBigUint64(pointer, this.dev, true);
    view.setBigUint64(pointer + 8, this.ino, true);
    // The file type is one byte, the seven after it are padding.
    view.setBigUint64(pointer + 16, BigInt(this.filetype), true);
    view.setBigUint64(pointer + 24, this.nlink, true);
    view.setBigUint64(pointer + 32, this.size, true);
    view.setBigUint64(pointer + 40, this.atim, true);
    view.setBigUint64(pointer + 48, this.mtim, true);
    view.setBigUint64(pointer + 56, this.ctim, true);
  }
}
