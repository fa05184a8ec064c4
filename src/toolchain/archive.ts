/** One file in an archive. */
export interface ArchiveMember {
  /** At most 16 bytes of ASCII. */
  readonly name: string;
  readonly content: Uint8Array;
}

const MAGIC = '!<arch>\n';
const HEADER_SIZE = 60;
const NEWLINE = 0x0a;

/** An archive as Go's tools read it (cmd/internal/archive): Unix ar, with members on even addresses. */
export function makeArchive(members: readonly ArchiveMember[]): Uint8Array<ArrayBuffer> {
  const padded = (size: number): number => size + (size % 2);
  const length = members.reduce((sum, { content }) => sum + HEADER_SIZE + padded(content.length), MAGIC.length);
  const archive = new Uint8Array(length);
  const encoder = new TextEncoder();
  archive.set(encoder.encode(MAGIC));
  let at = MAGIC.length;
  for (const { name, content } of members) {
    // Name, date, owner, group, mode, size, end.
    const header = `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'644'.padEnd(8)}${String(content.length).padEnd(10)}\`\n`;
    archive.set(encoder.encode(header), at);
    at += HEADER_SIZE;
    archive.set(content, at);
    at += content.length;
    if (content.length % 2 === 1) archive[at++] = NEWLINE;
  }
  return archive;
}
