/** Bytes in the order they came, in the pieces they came in, until they are read. */
export class ByteQueue {
  #pieces: Uint8Array[] = [];
  #length = 0;

  /** Bytes in the queue. */
  get length(): number {
    return this.#length;
  }

  /** Appends `bytes` without copying them; the caller gives them away. */
  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#pieces.push(bytes);
    this.#length += bytes.length;
  }

  /** Moves up to `target.length` bytes out of the queue, across pieces. Returns their number. */
  read(target: Uint8Array): number {
    let count = 0;
    let taken = 0;
    while (count < target.length) {
      const piece = this.#pieces[taken];
      if (piece === undefined) break;
      const room = target.length - count;
      if (piece.length > room) {
        target.set(piece.subarray(0, room), count);
        this.#pieces[taken] = piece.subarray(room);
        count += room;
        break;
      }
      target.set(piece, count);
      count += piece.length;
      taken += 1;
    }
    if (taken > 0) this.#pieces.splice(0, taken);
    this.#length -= count;
    return count;
  }
}
