import type { ToolchainData } from './toolchain.ts';

/** What a page needs to edit an example, and does not carry itself: `/editing/data.json`, fetched on Edit. */
export interface EditingData {
  readonly toolchain: ToolchainData;
  /** The examples' `go.mod` and `go.sum`, for downloads. */
  readonly goMod: string;
  readonly goSum: string;
}
