import { useState } from 'react';
import { chooseZone, chosenZone, zoneChoices } from '../ask/time-zone.ts';
import { areKeysOn, switchKeys } from '../frame/keys.ts';
import { Page } from '../parts/page.tsx';
import { settingsWords, zoneNames } from '../words/settings-words.ts';
import styles from './settings-page.module.css';

/** How the console is used in this browser; its theme is chosen above every page. */
export function SettingsPage() {
  const [zone, setZone] = useState(chosenZone);
  const [hasKeys, setHasKeys] = useState(areKeysOn);
  return (
    <Page title={settingsWords.title}>
      <div className={styles.settings}>
        <label>
          {settingsWords.zone}{' '}
          <select
            value={zone}
            onChange={({ target }) => {
              const chosen = zoneChoices.find((one) => one === target.value) ?? 'here';
              chooseZone(chosen);
              setZone(chosen);
            }}
          >
            {zoneChoices.map((one) => (
              <option key={one} value={one}>
                {zoneNames[one]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={hasKeys}
            onChange={({ target }) => {
              switchKeys(target.checked);
              setHasKeys(target.checked);
            }}
          />{' '}
          {settingsWords.keys}
        </label>
      </div>
      <p className="muted">{settingsWords.kept}</p>
    </Page>
  );
}
