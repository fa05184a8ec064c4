/** What editing needs besides the example: `/editing/data.json`, fetched on Edit. */
import { readFileSync } from 'node:fs';
import type { APIRoute } from 'astro';
import { loadToolchainData } from '../../examples/load-toolchain.ts';
import type { EditingData } from '../../protocol/editing-data.ts';

export const GET: APIRoute = () => {
  const data: EditingData = {
    toolchain: loadToolchainData(import.meta.env.BASE_URL),
    goMod: readFileSync('examples/go.mod', 'utf8'),
    goSum: readFileSync('examples/go.sum', 'utf8'),
  };
  return Response.json(data);
};
