/**
 * Brotli, for a file that is brotli itself: nothing is assumed of the server. Firefox 147 and Safari 18.4 bring it
 * (`DecompressionStream`); Chromium gets a decoder, 208 kB of wasm, which is loaded only there.
 */
import initDecoder, { BrotliDecStream, BrotliStreamResultCode } from 'brotli-dec-wasm/web';
import decoderUrl from 'brotli-dec-wasm/web/bg.wasm?url';

/** Bytes that the decoder hands out at once. */
const OUTPUT_BYTES = 1_048_576;

type Bytes = Uint8Array<ArrayBuffer>;

function platformDecoder(): GenericTransformStream | undefined {
  try {
    return new DecompressionStream('brotli' as CompressionFormat);
  } catch {
    return undefined;
  }
}

/** Loaded once: a second instance would replace the first under its streams. */
let decoderReady: Promise<unknown> | undefined;

async function wasmDecoder(): Promise<TransformStream<Bytes, Bytes>> {
  decoderReady ??= initDecoder({ module_or_path: decoderUrl });
  await decoderReady;
  const decoder = new BrotliDecStream();
  return new TransformStream<Bytes, Bytes>({
    transform: (chunk, controller) => {
      let rest = chunk;
      for (;;) {
        const result = decoder.dec(rest, OUTPUT_BYTES);
        const { code, buf, input_offset: used } = result;
        result.free();
        if (buf.length > 0) controller.enqueue(buf as Bytes);
        rest = rest.subarray(used);
        if (code !== BrotliStreamResultCode.NeedsMoreOutput && (rest.length === 0 || used === 0)) return;
      }
    },
    flush: () => decoder.free(),
  });
}

/** The stream's content. It fails where the stream is damaged; one that is cut short may just end. */
export async function decompress(stream: ReadableStream<Bytes>): Promise<ReadableStream<Bytes>> {
  const decoder = platformDecoder() ?? (await wasmDecoder());
  return stream.pipeThrough(decoder);
}
