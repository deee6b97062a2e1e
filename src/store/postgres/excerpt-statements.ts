import { firstObject, firstSetSubject } from '../packed-subject.ts';

/** Ends, objects and rows of one excerpt: what has more is read in parts, with turns for others between them. */
const mostEnds = 5000;
const mostObjects = 5000;
export const mostRows = 20_000;
/** From this version on, a scan leaps from one wanted key to the next. Those before look for each key there could be, so only few. */
const firstThatLeaps = 170_000;
const mostKeys = 10_000;

const edge = 'r.object, r.relation, r.subject, r.subject_type, r.condition, r.context';
/** As a sum, so that no plan goes through all subjects there are for it: it is about an object, which is to be looked up. */
const isObject = `(r.subject + 0 >= ${firstObject} and r.subject + 0 < ${firstSetSubject}::int8)`;

const isLive = (now: string) =>
  `(r.starts_at is null or r.starts_at <= ${now}) and (r.expires_at is null or r.expires_at > ${now})`;

/** What a statement starts from, and what it says of its state. */
interface Beginning {
  /** Parts of the statement that stand before all others. */
  readonly names?: string;
  readonly subjects: string;
  readonly objects: string;
  readonly now: string;
  /** The numbers of what was looked up by name, as JSON. */
  readonly found: string;
  /** The hashes of two events that were known, as the present history has them. */
  readonly hashes: string;
}

/**
 * Always the same text, so that it is planned once for each connection. Its parameters: direct, parents, written, held, wildcards
 * and known subjects, known objects, …
 *
 * `held` follows the subjects, and everybody of their types, up to all sets that they are written into, `reached` the objects up
 * to all their parents, and each part of the answer is then one scan of an index that leaps from one wanted key to the next: it
 * takes about as many steps as the fewer of the two sides has members, be it a team of a million, or an object that is shared
 * with ten thousand teams.
 */
const statementFrom = ({ names = '', subjects, objects, now, found, hashes }: Beginning) => `
  with recursive ${names}
  held (subject) as (
    (${subjects})
    union
    select next.subject
    from held
    cross join lateral (
      select pair.held::int8 * ${firstSetSubject}::int8 + r.object as subject
      from relationship r
      join unnest($3::int2[], $4::int2[]) pair (written, held) on pair.written = r.relation
      where r.subject = held.subject and r.relation = any($3::int2[])
      offset 0
    ) next
  ),
  reached (object) as (
    (${objects})
    union
    select next.subject
    from reached
    cross join lateral (
      select r.subject from relationship r
      where r.object = reached.object and r.relation = any($2::int2[]) and ${isObject}
      offset 0
    ) next
  ),
  sides as materialized (
    select subjects, ids
    from (
      select array(select subject from held limit ${mostEnds + 1}) as subjects,
        array(select object from reached limit ${mostObjects + 1}) as ids
      offset 0
    ) ends
    where cardinality(subjects) <= ${mostEnds} and cardinality(ids) <= ${mostObjects}
      and (
        current_setting('server_version_num')::int4 >= ${firstThatLeaps}
        or cardinality(subjects)::int8 * cardinality(ids) * cardinality($1::int2[]) <= ${mostKeys}
      )
  )
  select 0::int2 as part, 0::int8 as object, 0::int2 as relation, 0::int8 as subject, 0::int2 as subject_type,
    null::int2 as condition, null::jsonb as context, json_build_array(
      (extract(epoch from ${now}) * 1000000)::float8, store.identity, store.revision, store.deciding_model,
      store.audit_length, store.audit_head, ${hashes}, exists (select from sides), ${found},
      pg_catalog.pg_is_in_recovery()
    )::text as head
  from store
  union all
  (
    select 1::int2, ${edge}, null from relationship r
    where r.object = any((select ids from sides)::int8[]) and r.relation = any($2::int2[]) and ${isObject}
      and ${isLive(now)}
    limit ${mostRows}
  )
  union all
  (
    select 2::int2, ${edge}, null from relationship r
    where r.object = any((select ids from sides)::int8[]) and r.relation = any($1::int2[])
      and r.subject = any((select subjects from sides)::int8[]) and ${isLive(now)}
    limit ${mostRows}
  )
  union all
  (
    select 2::int2, ${edge}, null from relationship r
    where r.subject = any((select subjects from sides)::int8[]) and r.relation = any($3::int2[])
      and ${isLive(now)}
    limit ${mostRows}
  )`;

const known = { subjects: 'select unnest($5::int8[])', objects: 'select unnest($6::int8[])' };

/** In a transaction that sees one state, which says itself what it is of; its clock is the last parameter. */
export const statementInSnapshot = statementFrom({
  ...known,
  now: '$7::text::timestamptz',
  hashes: 'null, null',
  found: 'null',
});

/** Mostly nothing was written since, and then it stands in the row of the store. */
const hashAt = (event: string) => `
  case when store.audit_length = ${event} then store.audit_head else (select hash from audit_event where id = ${event}) end`;
const hashes = `${hashAt('$7::int8')}, ${hashAt('$8::int8')}`;

/** The clock of the server that is asked, unless another one is said. */
const clock = 'coalesce($9::text::timestamptz, statement_timestamp())';

/** Of objects whose numbers are known; the events by which they are, and by which the model is. */
export const statementOfNumbers = statementFrom({ ...known, now: clock, hashes, found: 'null' });

/** The same with others beside them by their names: types, names, and how many of them are subjects, which come first. Each is looked up for itself. */
export const statementOfNames = statementFrom({
  names: `
  asked as materialized (
    select q.position, found.id
    from unnest($10::int2[], $11::text[]) with ordinality as q (type, name, position)
    left join lateral (select id from object o where o.type = q.type and o.name = q.name offset 0) found on true
  ),`,
  subjects: `${known.subjects} union all select id from asked where id is not null and position <= $12::int8`,
  objects: `${known.objects} union all select id from asked where id is not null and position > $12::int8`,
  now: clock,
  hashes,
  found: `(select coalesce(json_agg(id order by position), '[]') from asked)`,
});
