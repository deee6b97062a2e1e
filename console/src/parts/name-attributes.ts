/** Of a field for a name, as `team:red` or `can_edit`: no browser corrects it, or offers what somebody wrote elsewhere. */
export const nameAttributes = { autoCapitalize: 'off', autoComplete: 'off', spellCheck: false } as const;
