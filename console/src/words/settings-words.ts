export const settingsWords = {
  title: 'Settings',
  zone: 'Times in',
  keys: 'Single keys, as “?” lists them',
  kept: 'They are kept in this browser, and nowhere else.',
};

export const zoneNames = { here: 'the zone of this machine', utc: 'UTC' };
