export const signInWords = {
  title: 'Sign in',
  development: 'This server is for development: one click, and you are who you like.',
  somebody: 'Or anybody else',
  somebodyHint: 'user:ann',
  signIn: 'Sign in',
  signInAs: 'Sign in as',
  nobody: 'Nobody can sign in from here. A development server lets in browsers on its own machine only.',
};
