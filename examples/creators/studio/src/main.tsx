import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { StudioSession } from './session.ts';
import { Studio } from './studio.tsx';
import './studio.css';

const place = document.getElementById('studio');
if (place !== null) {
  const response = await fetch('/studio/session.json');
  const session: StudioSession = await response.json();
  createRoot(place).render(
    <StrictMode>
      <Studio session={session} />
    </StrictMode>,
  );
}
