export const structureWords = {
  above: 'Rights come from',
  below: 'Belongs to it',
  nothingAbove: 'From nothing else.',
  nothingBelow: 'Nothing.',
};
