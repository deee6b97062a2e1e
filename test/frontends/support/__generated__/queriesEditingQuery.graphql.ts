/**
 * @generated SignedSource<<5daa2d236b9941fb517f0c19ec8c0964>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type queriesEditingQuery$variables = {
  id: string;
};
export type queriesEditingQuery$data = {
  readonly show: {
    readonly episodes: ReadonlyArray<{
      readonly id: string;
      readonly permissions: {
        readonly canEdit: boolean;
      } | null | undefined;
    }>;
    readonly id: string;
    readonly permissions: {
      readonly canEditEpisode: boolean;
    } | null | undefined;
    readonly title: string;
  } | null | undefined;
};
export type queriesEditingQuery = {
  response: queriesEditingQuery$data;
  variables: queriesEditingQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "id"
  }
],
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v2 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "id",
        "variableName": "id"
      }
    ],
    "concreteType": "Show",
    "kind": "LinkedField",
    "name": "show",
    "plural": false,
    "selections": [
      (v1/*:: as any*/),
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "title",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "ShowPermissions",
        "kind": "LinkedField",
        "name": "permissions",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "canEditEpisode",
            "storageKey": null
          }
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "Episode",
        "kind": "LinkedField",
        "name": "episodes",
        "plural": true,
        "selections": [
          (v1/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "EpisodePermissions",
            "kind": "LinkedField",
            "name": "permissions",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "canEdit",
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "queriesEditingQuery",
    "selections": (v2/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "queriesEditingQuery",
    "selections": (v2/*:: as any*/)
  },
  "params": {
    "cacheID": "0419721dee6bc5cc3502c05e80106b7e",
    "id": null,
    "metadata": {},
    "name": "queriesEditingQuery",
    "operationKind": "query",
    "text": "query queriesEditingQuery(\n  $id: ID!\n) {\n  show(id: $id) {\n    id\n    title\n    permissions {\n      canEditEpisode\n    }\n    episodes {\n      id\n      permissions {\n        canEdit\n      }\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "9f3f81fb6cd47835f64cbe41f6314e2c";

export default node;
