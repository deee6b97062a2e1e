/**
 * @generated SignedSource<<77fcabc91717eae7b74c5aa946afd094>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type queriesUndecidedQuery$variables = {
  id: string;
};
export type queriesUndecidedQuery$data = {
  readonly episode: {
    readonly id: string;
    readonly permissions: {
      readonly canListen: boolean;
    } | null | undefined;
    readonly title: string;
  } | null | undefined;
};
export type queriesUndecidedQuery = {
  response: queriesUndecidedQuery$data;
  variables: queriesUndecidedQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "id"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "id",
        "variableName": "id"
      }
    ],
    "concreteType": "Episode",
    "kind": "LinkedField",
    "name": "episode",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "id",
        "storageKey": null
      },
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
        "concreteType": "EpisodePermissions",
        "kind": "LinkedField",
        "name": "permissions",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "canListen",
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
    "name": "queriesUndecidedQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "queriesUndecidedQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "cacheID": "abbffdf144b2a213bde01ed4a6b0b8df",
    "id": null,
    "metadata": {},
    "name": "queriesUndecidedQuery",
    "operationKind": "query",
    "text": "query queriesUndecidedQuery(\n  $id: ID!\n) {\n  episode(id: $id) {\n    id\n    title\n    permissions {\n      canListen\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "e84cc8524714269627af904636df15bb";

export default node;
