import type { IdeCaller } from '../../../src/server/ide/ide.ts';

export const page = `{
  viewer { subject }
  tracks {
    title
    album { title permissions { canEdit canDelete } }
    permissions { canListen canEdit canViewStats canViewOwnSplit canDelete }
  }
}`;

export const editable = `{
  viewer {
    tracks(permission: CAN_EDIT, first: 10) { edges { node { title album { title artist { name } } } } }
  }
}`;

export const acrossSubgraphs = `{
  show(id: "tidewater") {
    title
    permissions { canEditEpisode canPublishEpisode canViewRevenue canManageTeam }
    episodes { title permissions { canListen canEdit canPublish } }
  }
  audiobooks { title permissions { canListen canUploadAudio canViewRoyalties } }
}`;

export const guarded = `{
  artist(id: "luna") {
    name
    albums { title royaltiesCents }
    unreleasedAlbums { title tracks { title audioUrl streamCount } }
  }
}`;

/** An editor of one artist: some of everything is allowed, and some is not. */
export const viewer = 'user:eve';

/** What a browser is offered to ask the gateway, as those of whom Postern gave tokens. */
export function demoCallers(tokens: ReadonlyMap<string, string>): readonly IdeCaller[] {
  return questions.flatMap(([subject, note, query]) => {
    const token = tokens.get(subject);
    return token === undefined ? [] : [{ subject, note, query, token }];
  });
}

const questions: readonly (readonly [subject: string, note: string, query: string])[] = [
  [viewer, 'what may she do on this page?', page],
  ['user:lou', 'the same page for somebody without any role', page],
  [viewer, 'which tracks may she edit?', editable],
  [viewer, 'royalties and unreleased albums, guarded by the music subgraph itself', guarded],
  [viewer, 'the same in podcasts and audiobooks', acrossSubgraphs],
];
