/** What the caches are asked. `relay-compiler` 21.0.1 made what is in `__generated__` of the same texts; it has 118 MB, and so is no package of this house. */
export const queries = {
  editing:
    'query queriesEditingQuery($id: ID!) { show(id: $id) { id title permissions { canEditEpisode } episodes { id permissions { canEdit } } } }',
  publishing: 'query queriesPublishingQuery($id: ID!) { show(id: $id) { id permissions { canPublishEpisode } } }',
  namesakes: `query queriesNamesakesQuery { viewer {
    labels(permission: CAN_GRANT_ADMIN, first: 5) { edges { node { id permissions { canGrantAdmin } } } }
    organizations(permission: CAN_MANAGE_ACCESS, first: 5) { edges { node { id permissions { canGrantAdmin } } } }
  } }`,
  undecided: 'query queriesUndecidedQuery($id: ID!) { episode(id: $id) { id title permissions { canListen } } }',
} as const;
