import type { ModelRelation, ModelType, RoleSheet, TypeSheets } from '../ask/models.ts';
import { rolesThatGive } from '../ask/role-sheet.ts';
import { forWords, modelWords, roleThereWords, withConditionWords } from '../words/model-words.ts';
import { givesWords } from '../words/write-words.ts';
import { ModelText } from './model-text.tsx';
import styles from './relation-list.module.css';
import { nameOfKind } from './role-hindrance.ts';
import listStyles from './role-list.module.css';

interface RelationListProps {
  readonly relations: readonly ModelRelation[];
  readonly type: ModelType;
  /** What the roles of all types give. */
  readonly sheets: readonly TypeSheets[];
  /** Said where there are none. */
  readonly nothing?: string;
}

/** Relations of a type, each with what it is, what it gives, and what gives it. */
export function RelationList({ relations, type, sheets, nothing }: RelationListProps) {
  if (relations.length === 0) return <p className="muted">{nothing}</p>;
  return (
    <ul className={listStyles.roles}>
      {relations.map((relation) => (
        <li key={relation.name} id={relation.name}>
          <h3>
            <code>{relation.name}</code>
          </h3>
          {relation.description !== null && <p>{relation.description}</p>}
          <pre className={styles.definition}>
            <ModelText text={relation.definition} />
          </pre>
          {relation.subjects.length > 0 && <p className="muted">{subjectsOf(relation)}</p>}
          <Gives gives={sheetOf(sheets, type.name, relation.name)} />
          {relation.kind === 'PERMISSION' && <GivenBy permission={relation.name} type={type.name} sheets={sheets} />}
        </li>
      ))}
    </ul>
  );
}

function subjectsOf({ subjects }: ModelRelation): string {
  return forWords(subjects.map((one) => withConditionWords(nameOfKind(one), one.condition)));
}

function sheetOf(sheets: readonly TypeSheets[], type: string, role: string): RoleSheet | null {
  const ofType = sheets.find(({ name }) => name === type)?.relations ?? [];
  return ofType.find(({ name }) => name === role)?.gives ?? null;
}

function Gives({ gives }: { readonly gives: RoleSheet | null }) {
  if (gives === null) return undefined;
  const { here, below, isComplete } = gives;
  return (
    <p>
      {givesWords(here, below)}
      {!isComplete && `; ${modelWords.notComplete}`}
    </p>
  );
}

interface GivenByProps {
  readonly permission: string;
  readonly type: string;
  readonly sheets: readonly TypeSheets[];
}

function GivenBy({ permission, type, sheets }: GivenByProps) {
  const roles = rolesThatGive(sheets, type, permission);
  if (roles.length === 0) return <p className="muted">{modelWords.noRoleGives}</p>;
  const names = roles.map((one) => roleThereWords(one.role, one.type, one.type === type));
  return (
    <p>
      {modelWords.givenBy} {new Intl.ListFormat('en', { type: 'disjunction' }).format(names)}
    </p>
  );
}
