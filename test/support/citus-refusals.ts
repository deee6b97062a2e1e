/** Tables that are on several servers. */
const shared = /\b(relationship|object|shard_revision)\b/;
/** Tables that are on one; no statement is about tables of both kinds. */
const local =
  /\b(?:from|join|into|update|using)\s+"?(store|term|model|change|audit_event|audit_mention|audit_anchor|idempotency)\b/;
const sharedTable = /\b(?:from|join|into|update)\s+"?(relationship|object|shard_revision)\b/g;

interface Rule {
  readonly what: string;
  readonly refuses: (text: string, tables: ReadonlySet<string>) => boolean;
}

/**
 * What Citus does not take in a statement about tables that it has shared out, as its planner says it, and what it would take that we do
 * not want: statements are to be about one table.
 */
const rules: readonly Rule[] = [
  { what: 'a recursive part', refuses: (text) => /\bwith recursive\b/.test(text) },
  { what: 'a lateral join', refuses: (text) => /\blateral\b/.test(text) },
  { what: 'an offset', refuses: (text) => /\boffset\b/.test(text) },
  { what: 'the place of a row', refuses: (text) => /\bctid\b/.test(text) },
  { what: 'a part that writes', refuses: (text) => /\bwith\b.*\b(insert|update|delete)\b/.test(text) },
  { what: 'a lock of rows', refuses: (text) => /\bfor (no key )?(update|share)\b/.test(text) },
  { what: 'a window', refuses: (text) => /\bover \(/.test(text) },
  { what: 'a union', refuses: (text, tables) => isSpread(tables) && /\b(union|intersect|except)\b/.test(text) },
  { what: 'a subquery', refuses: (text, tables) => isSpread(tables) && /\(\s*select\b/.test(text) },
  { what: 'an outer join', refuses: (text) => /\b(left|right|full)( outer)? join\b/.test(text) },
  { what: 'a join by names of columns', refuses: (text) => /\bjoin\b.*\busing\b/.test(text) },
  {
    what: 'a clock of whoever is asked',
    refuses: (text) => /\b(now|clock_timestamp|statement_timestamp|random|nextval)\s*\(|\bcurrent_/.test(text),
  },
  { what: 'tables on one server beside it', refuses: (text) => local.test(text) },
  { what: 'two shared tables', refuses: (_text, tables) => tables.size > 1 },
  { what: 'rows to insert that are selected', refuses: (text) => /^insert\b.*\bselect\b/.test(text) },
  {
    what: 'a parameter of no type in what is written',
    refuses: (text) => /^(insert|update|delete)\b/.test(text) && /\$\d+(?!\d|::)/.test(text),
  },
  {
    what: 'a conflict without the column that rows are shared out by',
    refuses: (text) => /\bon conflict\b/.test(text) && !/\bon conflict \(object, /.test(text),
  },
  {
    what: 'a change of the column that rows are shared out by',
    refuses: (text) => /\bset\b[^;]*\b(object|slot) =/.test(text) && !/\bset_config\b/.test(text),
  },
  {
    what: 'a list beside a join with it',
    refuses: (text) => /\bjoin relationship\b.*\b(object|subject) = any\(/.test(text),
  },
  { what: 'a list of relationships of no object and no subject, in no order', refuses: isUnbounded },
];

/** Not of what every server has a copy of alone, which one of them reads. */
function isSpread(tables: ReadonlySet<string>): boolean {
  return tables.has('relationship') || tables.has('shard_revision');
}

/** Whoever names neither an object nor a subject asks for everything, and wants it page by page. */
function isUnbounded(text: string, tables: ReadonlySet<string>): boolean {
  if (!tables.has('relationship') || !text.startsWith('select')) return false;
  return !/\b(e\.)?(object|subject) = (any\(\$|\$|q\.)/.test(text) && !/\blimit\b/.test(text);
}

/** Why Citus would refuse a statement, or one of several; nothing for those that are not about what it has shared out. */
export function citusRefusals(statements: string): readonly string[] {
  return statements.split(';').flatMap(refusalsOf);
}

function refusalsOf(statement: string): readonly string[] {
  const text = statement.replaceAll(/\s+/g, ' ').trim().toLowerCase();
  if (!shared.test(text)) return [];
  const tables = new Set(Array.from(text.matchAll(sharedTable), ([, name = '']) => name));
  if (tables.size === 0) return [];
  return rules.filter(({ refuses }) => refuses(text, tables)).map(({ what }) => what);
}

const refused = new Set<string>();

/** Notes a statement that Citus would refuse. */
export function noteRefused(text: string): void {
  const why = citusRefusals(text);
  if (why.length > 0) refused.add(`${why.join(', ')} in: ${text.replaceAll(/\s+/g, ' ')}`);
}

export function throwIfRefused(): void {
  const all = [...refused];
  refused.clear();
  if (all.length > 0) throw new Error(`Citus does not take what was asked:\n${all.join('\n')}`);
}
