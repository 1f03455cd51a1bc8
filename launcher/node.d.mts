/** The folder in which the launcher keeps the Node.js that it fetched. */
export function nodeCache(env?: Record<string, string | undefined>): string;
