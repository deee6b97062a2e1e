export const pictureWords = {
  hidden: 'not yours to see',
  legend: 'What the arrows mean',
  counts: 'counts',
  takesAway: 'takes away',
  unmet: 'condition does not hold',
  undecided: 'cannot be decided',
  missing: 'would be enough',
  hiddenArrow: 'hidden',
};

export function pictureLabel(boxes: number, arrows: number): string {
  return `The way as a picture of ${boxes} boxes and ${arrows} arrows; the list says the same.`;
}

export function leftOutBoxes(count: number): string {
  return `${count} more in the list`;
}
