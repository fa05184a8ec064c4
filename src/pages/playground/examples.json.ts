/** What the playground can start from: `/playground/examples.json`, fetched when something is chosen there. */
import type { APIRoute } from 'astro';
import { loadPlayground } from '../../examples/load-playground.ts';

export const GET: APIRoute = () => Response.json(loadPlayground(import.meta.env.BASE_URL));
