export { AskWhatPage } from './ask-what-page.tsx';
export { AskWhoPage } from './ask-who-page.tsx';
export { AskWhyPage } from './ask-why-page.tsx';
