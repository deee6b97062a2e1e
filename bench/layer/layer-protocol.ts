import type { LayerScenario } from './layer-scenarios.ts';

/** What the bench asks of the process that serves; each answer is a text, and so is its first word, its address. */
export type LayerRequest =
  | 'cpu'
  | 'start profile'
  | 'stop profile'
  | { readonly tokenFor: string }
  /** Asks itself, without a connection. */
  | { readonly inject: LayerScenario; readonly token: string };
