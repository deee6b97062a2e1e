interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** A table of the packages, and of the functions in which most of the time was spent itself, in µs for each request. */
export function profileOf(json: string, requests: number, functions: number): string {
  const profile = JSON.parse(json) as Profile;
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const ofPackage = new Map<string, number>();
  const ofFunction = new Map<string, number>();
  for (const [index, id] of profile.samples.entries()) {
    const frame = frames.get(id);
    if (frame === undefined || frame.functionName === '(idle)') continue;
    const us = (profile.timeDeltas[index] ?? 0) / requests;
    const where = packageOf(frame.url, frame.functionName);
    const what = `${where} ${frame.functionName || '(anonymous)'}:${frame.lineNumber + 1} ${frame.url.split('/').at(-1)}`;
    ofPackage.set(where, (ofPackage.get(where) ?? 0) + us);
    ofFunction.set(what, (ofFunction.get(what) ?? 0) + us);
  }
  return [...rows(ofPackage, 40), ...(functions === 0 ? [] : ['', ...rows(ofFunction, functions)])].join('\n');
}

function packageOf(url: string, functionName: string): string {
  const [, installed] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  if (installed !== undefined) return installed;
  const [, own] = /\/(src\/[^/]+(?:\/[^/.]+(?=\/))?)/.exec(url) ?? [];
  if (own !== undefined) return own;
  if (url.startsWith('node:')) return url.startsWith('node:internal/modules') ? 'start' : 'node';
  return functionName.startsWith('(') ? functionName : url === '' ? 'v8' : 'other';
}

function rows(spent: ReadonlyMap<string, number>, most: number): readonly string[] {
  const sorted = [...spent].toSorted(([, left], [, right]) => right - left).slice(0, most);
  return sorted.filter(([, us]) => us >= 0.5).map(([name, us]) => `${us.toFixed(1).padStart(10)}  ${name}`);
}
