/** `team:eng` of `team:eng#member`. An id has no `#`. */
export function objectOf(subject: string): string {
  return subject.split('#', 1)[0] ?? subject;
}
