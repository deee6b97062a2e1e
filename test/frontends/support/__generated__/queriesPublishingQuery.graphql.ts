/**
 * @generated SignedSource<<c7e8a1bcce15a6a515b5fd69e91ce02e>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type queriesPublishingQuery$variables = {
  id: string;
};
export type queriesPublishingQuery$data = {
  readonly show: {
    readonly id: string;
    readonly permissions: {
      readonly canPublishEpisode: boolean;
    } | null | undefined;
  } | null | undefined;
};
export type queriesPublishingQuery = {
  response: queriesPublishingQuery$data;
  variables: queriesPublishingQuery$variables;
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
    "concreteType": "Show",
    "kind": "LinkedField",
    "name": "show",
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
        "concreteType": "ShowPermissions",
        "kind": "LinkedField",
        "name": "permissions",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "canPublishEpisode",
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
    "name": "queriesPublishingQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "queriesPublishingQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "cacheID": "6e0eb8416b4d23e2c929bc5c56dfa655",
    "id": null,
    "metadata": {},
    "name": "queriesPublishingQuery",
    "operationKind": "query",
    "text": "query queriesPublishingQuery(\n  $id: ID!\n) {\n  show(id: $id) {\n    id\n    permissions {\n      canPublishEpisode\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "6cf787154a9695e0379f8816478e7304";

export default node;
