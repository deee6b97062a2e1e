export const breakGlassWords = {
  title: 'Break-glass',
  about:
    'Rights for an emergency: they end by themselves after hours, and whatever is read by them is in the audit log, before it is shown. Looking at this page is not.',
  told: 'Nobody is sent a message: whoever reads the audit log sees who opened it, for whom and why, and what was read.',
  now: 'Open now',
  over: 'Over, and not taken away yet',
  nobody: 'Nobody may go through at the moment.',
  notReader: 'Who may go through is for those with can_read_relationships on the platform.',
  notModelReader:
    'Which other conditions are for emergencies is for those with can_read_model on the platform: what is written with one that is not named break_glass is missing here.',
  form: 'Open it for somebody',
  object: 'On what',
  noRoles:
    'There is no role for emergencies there: one that is given with a condition whose name begins with break_glass.',
  hours: 'For how long',
  otherValues:
    'Its condition wants other values than a beginning and an end; they are filled in on the page of the object:',
  until: 'Until',
  open: 'Open it',
  opened: 'Opened',
  end: 'End it now',
  read: 'What was read by it',
  notAuditor: 'What was read by it is for those with can_read_audit_log on the platform.',
  noEnd: 'no end is written',
};

export function hoursWords(hours: number): string {
  return hours === 1 ? '1 hour' : `${hours} hours`;
}

export function leftWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return hours === 0 ? `${rest} min left` : `${hours} h ${rest} min left`;
}
