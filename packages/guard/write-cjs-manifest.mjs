// The package says "module"; what is built for "require" says otherwise. Its types are the same, so they are compiled once.
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';

const dist = new URL('./dist/', import.meta.url);
const types = readdirSync(dist, { recursive: true }).filter((name) => /^(?!cjs).*\.d\.ts$/.test(name));
for (const name of types) copyFileSync(new URL(name, dist), new URL(`cjs/${name}`, dist));
writeFileSync(new URL('cjs/package.json', dist), '{ "type": "commonjs" }\n');
