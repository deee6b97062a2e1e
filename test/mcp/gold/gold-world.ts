import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const example = 'examples/creators';

/** Agents, which the example does not have: two that act for eve, with other roles. */
const agents = `module agents

type agent
  relations
    define principal: [user]
    define can_act_for: principal
`;

const agentRelationships = `
  - { user: user:eve, relation: principal, object: agent:draft-bot }
  - { user: user:eve, relation: principal, object: agent:read-bot }
  - { user: agent:draft-bot, relation: editor, object: artist:luna }
  - { user: agent:read-bot, relation: reader, object: artist:luna }
`;

/** The creators' example with agents, in a folder of its own; what the questions are about. */
export async function makeGoldWorld(): Promise<{ readonly folder: string; readonly store: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-gold-'));
  for (const name of ['fga.mod', 'core.fga', 'music.fga', 'podcasts.fga', 'audiobooks.fga', 'store.fga.yaml']) {
    await cp(join(example, name), join(folder, name));
  }
  await writeFile(join(folder, 'agents.fga'), agents);
  await change(folder, 'fga.mod', [['contents:', 'contents:\n  - agents.fga']]);
  const roles = ['editor', 'reader'].map((role) => `define ${role}: [user, user with not_expired, team#member]`);
  const withAgents = (line: string) => line.replace('[user,', '[user, agent,');
  const artist = (text: string) => text.indexOf('\ntype artist');
  const music = await readFile(join(folder, 'music.fga'), 'utf8');
  const [before, after] = [music.slice(0, artist(music)), music.slice(artist(music))];
  const changed = roles.reduce((text, line) => replaceOnce(text, line, withAgents(line)), after);
  await writeFile(join(folder, 'music.fga'), before + changed);
  await change(folder, 'store.fga.yaml', [['tuples:', `tuples:${agentRelationships.trimEnd()}`]]);
  return { folder, store: join(folder, 'store.fga.yaml') };
}

async function change(folder: string, name: string, pairs: readonly (readonly [string, string])[]): Promise<void> {
  const text = await readFile(join(folder, name), 'utf8');
  await writeFile(
    join(folder, name),
    pairs.reduce((changed, [from, to]) => replaceOnce(changed, from, to), text),
  );
}

function replaceOnce(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`The example has no "${from}" any more.`);
  return text.replace(from, to);
}
