import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { codeOf } from './ask/ask-error.ts';
import { sessionQuery } from './ask/session.ts';
import { createConsoleRouter } from './router.tsx';
import './styles/base.css';

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteEnd }),
  mutationCache: new MutationCache({ onError: noteEnd }),
  defaultOptions: {
    // What is refused, or allowed by break-glass, leaves an event in the audit log: nothing is asked that nobody asked for.
    queries: { staleTime: 30_000, retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false },
  },
});

/** The session may end while a page is open, or become somebody else's: then there is somebody to sign in, or everything to begin anew. */
function noteEnd(error: Error): void {
  if (['UNAUTHENTICATED', 'SESSION_CHANGED'].includes(codeOf(error))) void queries.invalidateQueries(sessionQuery);
}

const place = document.getElementById('console');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={createConsoleRouter()} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
