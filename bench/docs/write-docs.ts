import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownCheckout } from '../start-server.ts';
import { publish, readKept, readPublished } from './published.ts';
import { renderPerformance } from './render-performance.ts';

export const publishedFolder = join(ownCheckout, 'bench', 'published');

/** Publishes these kept results, and makes the documents of everything that is published. */
export async function writeDocs(files: readonly string[], print: (line: string) => void): Promise<void> {
  for (const file of files) await publish(publishedFolder, await readKept(file));
  const docs = join(ownCheckout, 'docs');
  // A chart of a scenario that is gone goes with it.
  await rm(join(docs, 'performance'), { recursive: true, force: true });
  await mkdir(join(docs, 'performance'));
  const rendered = renderPerformance(await readPublished(publishedFolder));
  for (const [path, text] of rendered) await writeFile(join(docs, path), text);
  print(`Wrote "docs/performance.md" and ${rendered.size - 1} charts.`);
}
