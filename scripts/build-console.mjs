import { buildApp } from './build-app.mjs';

/** @returns {number} 0 when the console is built, or cannot be: then the server says so at `/console` */
export function buildConsole() {
  return buildApp('console');
}
