import { useState } from 'react';
import { frameWords, themeNames } from '../words/frame-words.ts';
import { chooseTheme, chosenTheme, themes } from './theme.ts';

export function ThemeChoice() {
  const [theme, setTheme] = useState(chosenTheme);
  return (
    <select
      aria-label={frameWords.theme}
      value={theme}
      onChange={({ target }) => {
        const chosen = themes.find((one) => one === target.value) ?? 'system';
        chooseTheme(chosen);
        setTheme(chosen);
      }}
    >
      {themes.map((one) => (
        <option key={one} value={one}>
          {themeNames[one]}
        </option>
      ))}
    </select>
  );
}
