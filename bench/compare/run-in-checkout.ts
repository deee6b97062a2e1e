import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a script of a checkout to its end on a database server; what it printed, or an error with its last words. */
export async function runInCheckout(checkout: string, databaseUrl: string, script: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, script, {
    cwd: checkout,
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [printed, said]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (piece: Buffer) => printed.push(piece));
  child.stderr.on('data', (piece: Buffer) => said.push(piece));
  const [code] = await once(child, 'close');
  if (code === 0) return Buffer.concat(printed).toString();
  throw new Error(`"${script[0]}" of ${checkout} ended with ${code}:\n${Buffer.concat(said).toString().slice(-5000)}`);
}
