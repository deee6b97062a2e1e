/** A model with everything that operations meet: platform, delegated granting, conditions, wildcards, subject sets. */
export const office = `
model: |
  model
    schema 1.1
  type user
  type service
  type platform
    relations
      define operator: [service]
      define can_check_any_subject: operator
      define can_read_relationships: operator
      define can_write_relationships: operator
      define can_publish_model: operator
      define can_read_model: operator
      define can_read_audit_log: operator
      define can_grant_operator: operator
  type team
    relations
      define lead: [user]
      define member: [user, team#member] or lead
      define can_manage_access: lead
  type folder
    relations
      define owner: [user]
      define admin: [user] or owner
      define editor: [user, team#member, user with in_region] or admin
      define viewer: [user, user:*, team#member] or editor
      define can_view: viewer
      define can_edit: editor
      define can_manage_access: admin
      define can_grant_admin: owner
  type document
    relations
      define folder: [folder]
      define author: [user]
      define can_edit: author or can_edit from folder
  condition in_region(region: string, level: int) {
    region == "EU" && level > 1
  }
tuples:
  - { user: service:ops, relation: operator, object: platform:main }
  - { user: user:olga, relation: owner, object: folder:plans }
  - { user: user:adam, relation: admin, object: folder:plans }
  - { user: team:writers#member, relation: editor, object: folder:plans }
  - { user: user:lea, relation: lead, object: team:writers }
  - { user: user:mia, relation: member, object: team:writers }
  - { user: folder:plans, relation: folder, object: document:1 }
  - { user: user:pia, relation: owner, object: folder:own }
  - { user: user:rita, relation: editor, object: folder:local, condition: { name: in_region, context: { region: EU } } }
`;
