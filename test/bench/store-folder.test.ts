import { expect, test } from 'vitest';
import { writeStoreFolder } from '../../bench/compare/fill-by-import.ts';
import { generateCreators } from '../../bench/generate-creators.ts';
import { parseRawRelationship } from '../../src/cli/store-file/raw-relationship.ts';
import { readStoreData } from '../../src/cli/store-file/read-store-file.ts';
import { parseModel } from '../../src/model/parse-model.ts';

test('what another revision is given to import is the generated data, without the ends of grants', async () => {
  const { relationships } = generateCreators({ relationships: 2000, seed: 3 });
  const folder = await writeStoreFolder(relationships);
  try {
    const read = await readStoreData(folder.file);
    const found = read.relationships.map((raw) => {
      const parsed = parseRawRelationship(raw);
      if (!parsed.ok) throw new Error(parsed.problem);
      return parsed.value;
    });
    expect(found).toEqual(relationships.map((one) => ({ ...one, expiresAt: undefined })));
    expect(parseModel(read.model).ok).toBe(true);
  } finally {
    await folder.remove();
  }
});
