import { acrossSubgraphs, editable, guarded, page, viewer } from './demo-callers.ts';
import type { RunningDemo } from './start-demo.ts';

/** What to print when the demo runs: what runs where, who can ask, and commands that can be pasted into a shell. */
export function introduceDemo(demo: RunningDemo): string {
  const token = demo.tokens.get(viewer);
  const who = token === undefined ? 'somebody without a token' : viewer;
  return [
    ...places(demo),
    `What may ${who} do on this page?`,
    curl(demo.gatewayUrl, page, token),
    `Which tracks may ${who} edit?`,
    curl(demo.gatewayUrl, editable, token),
    'Royalties and unreleased albums, guarded by the music subgraph itself:',
    curl(demo.gatewayUrl, guarded, token),
    'The same question in podcasts and audiobooks:',
    curl(demo.gatewayUrl, acrossSubgraphs, token),
    'Ctrl-C stops everything.',
  ].join('\n\n');
}

function places({ gatewayUrl, posternUrl, subgraphUrls, tokens }: RunningDemo): readonly string[] {
  const urls = [
    ['gateway', `${gatewayUrl}  (open it in a browser: callers, tokens and queries are filled in)`],
    ['studio', `${new URL('/studio/', gatewayUrl)}  (an app before the gateway: buttons that follow permissions)`],
    ['postern', posternUrl],
    ['console', `${new URL('/console/', posternUrl)}  (take a role away as user:tess, and look at the studio)`],
    ...subgraphUrls,
  ];
  const table = urls.map(([name = '', url = '']) => `  ${name.padEnd(12)}${url}`);
  const callers = [...tokens].map(([subject, token]) => `  ${subject}\n  ${token}`);
  const known = callers.length > 0 ? ['Tokens, for the header "authorization: Bearer …":', callers.join('\n\n')] : [];
  return [`The creators' supergraph runs.\n\n${table.join('\n')}`, ...known];
}

function curl(url: string, query: string, token: string | undefined): string {
  const authorization = token === undefined ? [] : [`-H 'authorization: Bearer ${token}'`];
  // No single quote occurs in the queries above, so the shell takes the body as it is.
  const body = JSON.stringify({ query: query.replaceAll(/\s+/g, ' ') });
  return ['curl -s', url, "-H 'content-type: application/json'", ...authorization, `-d '${body}'`].join(' \\\n  ');
}
