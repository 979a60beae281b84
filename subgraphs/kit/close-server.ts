import type { FastifyInstance } from 'fastify';

/** How often connections that have become idle are looked for. */
const LOOK_EVERY_MS = 20;

/** What is still under way after this time is cut off: longer than any deadline of ours. */
const GRACE_MS = 15_000;

/**
 * Ends a server: it takes nothing new, finishes what is under way, and closes each connection as soon as it is idle.
 * Fastify closes those that are idle at the beginning alone; one that was serving then, and whose client keeps it, would
 * hold the server for as long as it may stay idle.
 */
export async function closeServer(server: FastifyInstance, graceMs = GRACE_MS): Promise<void> {
  const looking = setInterval(() => server.server.closeIdleConnections(), LOOK_EVERY_MS);
  const patience = setTimeout(() => server.server.closeAllConnections(), graceMs);
  try {
    await server.close();
  } finally {
    clearInterval(looking);
    clearTimeout(patience);
  }
}
