// The package says "module"; what is built for "require" says otherwise.
import { writeFileSync } from 'node:fs';

writeFileSync(new URL('./dist/cjs/package.json', import.meta.url), '{ "type": "commonjs" }\n');
