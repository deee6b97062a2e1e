/**
 * @generated SignedSource<<6d9c47f47d82e3e59f399f92aaa1c52b>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type queriesNamesakesQuery$variables = Record<PropertyKey, never>;
export type queriesNamesakesQuery$data = {
  readonly viewer: {
    readonly labels: {
      readonly edges: ReadonlyArray<{
        readonly node: {
          readonly id: string;
          readonly permissions: {
            readonly canGrantAdmin: boolean;
          } | null | undefined;
        };
      }>;
    };
    readonly organizations: {
      readonly edges: ReadonlyArray<{
        readonly node: {
          readonly id: string;
          readonly permissions: {
            readonly canGrantAdmin: boolean;
          } | null | undefined;
        };
      }>;
    };
  } | null | undefined;
};
export type queriesNamesakesQuery = {
  response: queriesNamesakesQuery$data;
  variables: queriesNamesakesQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "kind": "Literal",
  "name": "first",
  "value": 5
},
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
    "args": null,
    "kind": "ScalarField",
    "name": "canGrantAdmin",
    "storageKey": null
  }
],
v3 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "Viewer",
    "kind": "LinkedField",
    "name": "viewer",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": [
          (v0/*:: as any*/),
          {
            "kind": "Literal",
            "name": "permission",
            "value": "CAN_GRANT_ADMIN"
          }
        ],
        "concreteType": "ViewerLabelConnection",
        "kind": "LinkedField",
        "name": "labels",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "ViewerLabelEdge",
            "kind": "LinkedField",
            "name": "edges",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Label",
                "kind": "LinkedField",
                "name": "node",
                "plural": false,
                "selections": [
                  (v1/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "LabelPermissions",
                    "kind": "LinkedField",
                    "name": "permissions",
                    "plural": false,
                    "selections": (v2/*:: as any*/),
                    "storageKey": null
                  }
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": "labels(first:5,permission:\"CAN_GRANT_ADMIN\")"
      },
      {
        "alias": null,
        "args": [
          (v0/*:: as any*/),
          {
            "kind": "Literal",
            "name": "permission",
            "value": "CAN_MANAGE_ACCESS"
          }
        ],
        "concreteType": "ViewerOrganizationConnection",
        "kind": "LinkedField",
        "name": "organizations",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "ViewerOrganizationEdge",
            "kind": "LinkedField",
            "name": "edges",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Organization",
                "kind": "LinkedField",
                "name": "node",
                "plural": false,
                "selections": [
                  (v1/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "OrganizationPermissions",
                    "kind": "LinkedField",
                    "name": "permissions",
                    "plural": false,
                    "selections": (v2/*:: as any*/),
                    "storageKey": null
                  }
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": "organizations(first:5,permission:\"CAN_MANAGE_ACCESS\")"
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": [],
    "kind": "Fragment",
    "metadata": null,
    "name": "queriesNamesakesQuery",
    "selections": (v3/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "queriesNamesakesQuery",
    "selections": (v3/*:: as any*/)
  },
  "params": {
    "cacheID": "b35310bcf837ee29821bc91b1dccc514",
    "id": null,
    "metadata": {},
    "name": "queriesNamesakesQuery",
    "operationKind": "query",
    "text": "query queriesNamesakesQuery {\n  viewer {\n    labels(permission: CAN_GRANT_ADMIN, first: 5) {\n      edges {\n        node {\n          id\n          permissions {\n            canGrantAdmin\n          }\n        }\n      }\n    }\n    organizations(permission: CAN_MANAGE_ACCESS, first: 5) {\n      edges {\n        node {\n          id\n          permissions {\n            canGrantAdmin\n          }\n        }\n      }\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "5457f3cfee18a7cc41377c968cd37764";

export default node;
