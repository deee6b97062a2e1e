/** Papers, with everything that an answer may hang on. */
export const papers = `
model: |
  model
    schema 1.1
  type user
  type bot
  type agent
    relations
      define principal: [user]
      define can_act_for: principal
  type service
  type platform
    relations
      define operator: [service]
      define can_check_any_subject: operator
      define can_read_relationships: operator
  type paper
    relations
      define owner: [user, agent, user with when_open]
      define reader: [user, user:*, user with in_territory]
      define banned: [user]
      define view: [user]
      define can_edit: owner
      define can_read: (reader or owner) but not banned
      define can_view: reader
      define can_call: owner
      define can_manage_access: owner
  condition when_open(resource_status: string, hour: int) {
    resource_status == "open" && hour < 18
  }
  condition in_territory(territory: string) {
    territory == "NO"
  }
tuples:
  - { user: service:pep, relation: operator, object: platform:main }
  - { user: user:ann, relation: owner, object: paper:1 }
  - { user: user:ann, relation: owner, object: paper:2 }
  - { user: user:ann, relation: principal, object: agent:bot }
  - { user: agent:bot, relation: owner, object: paper:1 }
  - { user: user:bob, relation: reader, object: paper:1 }
  - { user: user:cat, relation: owner, object: paper:1, condition: { name: when_open } }
  - { user: user:dan, relation: reader, object: paper:1, condition: { name: in_territory } }
  - { user: "user:*", relation: reader, object: paper:9 }
  - { user: user:eve, relation: banned, object: paper:9 }
  - { user: user:eve, relation: view, object: paper:9 }
  - { user: "user:a%3Ab", relation: owner, object: "paper:https%3A//x" }
  - { user: "user:50%", relation: owner, object: "paper:1" }
`;
