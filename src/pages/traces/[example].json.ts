/** The calls of each example's plugins, as they were recorded natively: `/traces/<example>.json`. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { listExamples } from '../../examples/load-example.ts';
import { loadTrace } from '../../examples/load-trace.ts';

export const getStaticPaths = (() =>
  listExamples().map((example) => ({ params: { example } }))) satisfies GetStaticPaths;

export const GET: APIRoute = ({ params }) => Response.json(loadTrace(params['example'] ?? ''));
