// Runs in the browser: asks for the callers, and opens a tab for each, with a query and a token that are filled in.
// The tokens come as JSON and never as a script, which pages of other origins could run and so read.
const { title, callers } = await (await fetch('/ide/callers.json')).json();
const endpointURL = new URL('/graphql', location.href).href;
const subjects = new Map(callers.map(({ subject, token }) => [subject, token]));
const windows = callers.length > 0 ? callers.map(windowOfCaller) : [windowOfNobody()];

globalThis.AltairGraphQL.init({
  preserveState: false,
  disableAccount: true,
  ...windows[0],
  initialWindows: windows,
  // The header of a tab names a variable, so that one choice can make all tabs ask as somebody else.
  initialEnvironments: {
    base: { title: 'Callers', variables: variables((subject) => subjects.get(subject)) },
    subEnvironments: [...subjects].map(([subject, token]) => ({
      id: subject,
      title: `All tabs as ${subject}`,
      variables: variables(() => token),
    })),
  },
  persistedSettings: {
    theme: 'system',
    language: 'en-US',
    addQueryDepthLimit: 1,
    tabSize: 2,
    disablePushNotification: true,
    'alert.disableUpdateNotification': true,
    'banners.disable': true,
    'plugin.list': [],
  },
});
showFirst();

function windowOfCaller({ subject, note, query }, index) {
  const before = callers.slice(0, index).filter((caller) => caller.subject === subject).length;
  const name = before === 0 ? subject : `${subject} (${before + 1})`;
  return windowOf(name, `# ${subject}: ${note}\n${query}`, `Bearer {{${variable(subject)}}}`);
}

function windowOfNobody() {
  const hint = [
    '# Nobody asks as yet. "npm run -s postern -- token user:ann" prints a token in development;',
    '# the circle with the plus takes it as a header: authorization, Bearer and the token.',
  ];
  return { ...windowOf(title, `${hint.join('\n')}\n{\n  viewer {\n    subject\n  }\n}\n`, ''), initialHeaders: {} };
}

function windowOf(initialName, initialQuery, authorization) {
  return {
    initialName,
    endpointURL,
    initialQuery,
    initialHeaders: { authorization },
    subscriptionsEndpoint: endpointURL.replace(/^http/, 'ws'),
    initialSubscriptionRequestHandlerId: 'graphql-ws',
    initialSubscriptionsPayload: { authorization },
  };
}

function variables(tokenOf) {
  return Object.fromEntries([...subjects.keys()].map((subject) => [variable(subject), tokenOf(subject)]));
}

function variable(subject) {
  return subject.replaceAll(/\W/g, '_');
}

/** The tab that was opened last is the one in front, and the first caller is the one to begin with. */
function showFirst() {
  const tabs = document.querySelectorAll('.window-switcher__item');
  if (tabs.length < windows.length) requestAnimationFrame(showFirst);
  else tabs[0]?.click();
}
