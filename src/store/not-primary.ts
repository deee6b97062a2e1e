/**
 * The server of the database is a copy of another one, or is told to take no writes: what it answers is behind, and nobody knows how
 * far. The message is a sentence for whoever runs the server.
 */
export class NotPrimary extends Error {}
