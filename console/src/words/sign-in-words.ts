export const signInWords = {
  title: 'Sign in',
  development: 'This server is for development: one click, and you are who you like.',
  somebody: 'Or anybody else',
  somebodyHint: 'user:ann',
  signIn: 'Sign in',
  signInAs: 'Sign in as',
  with: 'Sign in with',
  nobody: 'Nobody can sign in from here. A development server lets in browsers on its own machine only.',
};

/** Why one came back without a session; the server names one of these. */
const failures: ReadonlyMap<string, string> = new Map([
  ['unavailable', 'Whoever knows you cannot be asked at the moment. Try again in a while.'],
  ['refused', 'The sign-in did not come to its end, or took too long. Begin it again.'],
  ['not-accepted', 'You were signed in, but not as anybody whom this console accepts. Ask whoever runs it.'],
  ['too-large', 'What is known of you is too much for the cookie of a session. Ask whoever runs this console.'],
]);

export function failureWords(failure: string): string {
  return failures.get(failure) ?? 'The sign-in failed. Begin it again.';
}
