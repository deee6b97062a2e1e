import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Fails when src/store/postgres/tables.ts says something that no migration does yet. */
const folder = mkdtempSync('.drizzle-check-');
try {
  cpSync('drizzle', folder, { recursive: true });
  const before = readdirSync(folder).length;
  const settings = ['--dialect', 'postgresql', '--schema', './src/store/postgres/tables.ts', '--out', `./${folder}`];
  execFileSync(process.execPath, [join('node_modules', 'drizzle-kit', 'bin.cjs'), 'generate', ...settings], {
    stdio: 'pipe',
  });
  if (readdirSync(folder).length !== before) {
    process.stderr.write('The tables have changed since the last migration. Next: npm run drizzle:generate\n');
    process.exitCode = 1;
  } else {
    process.stdout.write('The migrations make the tables that the code describes.\n');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
